package allmende.app.server;

import allmende.app.site.SiteUnavailable;
import allmende.core.disclosure.PortalRules;
import allmende.core.disclosure.RulesRead;
import allmende.core.fhir.FhirJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The portal's rules, in {@code portal-rules.json} of its data folder. */
final class PortalRulesFile {

    static final String NAME = "portal-rules.json";

    private PortalRulesFile() {}

    /**
     * Reads the rules; writes the defaults first if there are none.
     *
     * @throws SiteUnavailable if the file can't be used: a portal whose rules are in doubt must not show anything
     */
    static PortalRules load(Path data) {
        Path file = data.resolve(NAME);
        try {
            if (Files.notExists(file)) {
                Files.writeString(
                        file,
                        FhirJson.mapper()
                                        .writerWithDefaultPrettyPrinter()
                                        .writeValueAsString(PortalRules.DEFAULT.write())
                                + "\n");
            }
            return switch (PortalRules.read(Files.readAllBytes(file))) {
                case RulesRead.Valid<PortalRules>(PortalRules rules) -> rules;
                case RulesRead.Invalid<PortalRules> invalid ->
                    throw new SiteUnavailable(
                            "The portal's rules can't be used: "
                                    + invalid.problems().getFirst().pointer() + ": "
                                    + invalid.problems().getFirst().message(),
                            "Correct " + file + ", or delete it to have the defaults again.");
            };
        } catch (IOException e) {
            throw new SiteUnavailable(
                    "The portal's rules can't be read: " + e.getMessage(), "Make " + file + " readable.");
        }
    }
}
