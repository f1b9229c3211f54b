package allmende.app.release;

import allmende.app.site.SiteUnavailable;
import allmende.core.disclosure.DisclosureRules;
import allmende.core.disclosure.RulesRead;
import allmende.core.fhir.FhirJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The site's rules for disclosure, in {@code disclosure.json} of its data folder. */
final class RulesFile {

    static final String NAME = "disclosure.json";

    private RulesFile() {}

    /**
     * Reads the rules; writes the defaults first if there are none.
     *
     * @throws SiteUnavailable if the file can't be used: a site whose rules are in doubt must not release anything
     */
    static DisclosureRules load(Path data) {
        Path file = data.resolve(NAME);
        try {
            if (Files.notExists(file)) {
                Files.writeString(
                        file,
                        FhirJson.mapper()
                                        .writerWithDefaultPrettyPrinter()
                                        .writeValueAsString(DisclosureRules.DEFAULT.write())
                                + "\n");
            }
            return switch (DisclosureRules.read(Files.readAllBytes(file))) {
                case RulesRead.Valid<DisclosureRules>(DisclosureRules rules) -> rules;
                case RulesRead.Invalid<DisclosureRules> invalid ->
                    throw new SiteUnavailable(
                            "The rules for disclosure can't be used: "
                                    + invalid.problems().getFirst().pointer() + ": "
                                    + invalid.problems().getFirst().message(),
                            "Correct " + file + ", or delete it to have the defaults again.");
            };
        } catch (IOException e) {
            throw new SiteUnavailable(
                    "The rules for disclosure can't be read: " + e.getMessage(), "Make " + file + " readable.");
        }
    }
}
