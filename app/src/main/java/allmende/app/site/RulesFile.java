package allmende.app.site;

import allmende.core.disclosure.RulesRead;
import allmende.core.fhir.FhirJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** A file of rules that people decide about, in JSON; written with its defaults where there is none. */
public final class RulesFile {

    private RulesFile() {}

    /**
     * Reads the rules; writes the defaults first if there are none.
     *
     * @param name what the rules are called in a sentence, with its article and a capital letter
     * @throws SiteUnavailable if the file can't be used: a party whose rules are in doubt must not disclose anything
     */
    public static <T> T load(Path file, String name, JsonNode defaults, Function<byte[], RulesRead<T>> reader) {
        try {
            if (Files.notExists(file)) {
                Files.writeString(
                        file, FhirJson.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(defaults) + "\n");
            }
            return switch (reader.apply(Files.readAllBytes(file))) {
                case RulesRead.Valid<T>(T rules) -> rules;
                case RulesRead.Invalid<T> invalid ->
                    throw new SiteUnavailable(
                            name + " can't be used: "
                                    + invalid.problems().getFirst().pointer() + ": "
                                    + invalid.problems().getFirst().message(),
                            "Correct " + file + ", or delete it to have the defaults again.");
            };
        } catch (IOException e) {
            throw new SiteUnavailable(name + " can't be read: " + e.getMessage(), "Make " + file + " readable.");
        }
    }
}
