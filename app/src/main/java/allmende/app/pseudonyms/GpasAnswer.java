package allmende.app.pseudonyms;

import allmende.core.fhir.FhirJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** An answer in the dialect of the trust centre software, being written. */
final class GpasAnswer {

    /** By which clients of the dialect tell its Identifiers. */
    private static final String SYSTEM = "https://ths-greifswald.de/gpas";

    private static final String TARGET = "target";
    private static final String ORIGINAL = "original";
    private static final String PSEUDONYM = "pseudonym";

    private final String target;
    private final ObjectNode parameters = FhirJson.mapper().createObjectNode().put("resourceType", "Parameters");
    private final ArrayNode list = parameters.putArray("parameter");

    GpasAnswer(String target) {
        this.target = target;
    }

    ObjectNode parameters() {
        return parameters;
    }

    /** A pair; an error where the other half of it is missing. */
    void add(@Nullable String original, @Nullable String pseudonym, String asked) {
        if (original == null || pseudonym == null) {
            String sent = asked.equals(ORIGINAL) ? original : pseudonym;
            error(asked, String.valueOf(sent), "not-found", "Not Found");
            return;
        }
        ArrayNode parts = list.addObject().put("name", PSEUDONYM).putArray("part");
        identifier(parts, ORIGINAL, original);
        identifier(parts, TARGET, target);
        identifier(parts, PSEUDONYM, pseudonym);
    }

    /** One of several pseudonyms of an original. */
    void secondary(String of, String original, String pseudonym) {
        ArrayNode parts = list.addObject().put("name", "secondarypseudonym").putArray("part");
        identifier(parts, TARGET, of);
        identifier(parts, ORIGINAL, original);
        identifier(parts, "value", pseudonym);
    }

    /** An original of a domain for which nothing could be done. */
    void error(GpasPairs.Wish wish, String code, String display) {
        ArrayNode parts = list.addObject().put("name", "error").putArray("part");
        identifier(parts, TARGET, wish.target());
        identifier(parts, ORIGINAL, wish.original());
        code(parts, code, display);
    }

    void error(String name, String value, String code, String display) {
        ArrayNode parts = list.addObject().put("name", "error").putArray("part");
        identifier(parts, name, value);
        identifier(parts, TARGET, target);
        code(parts, code, display);
    }

    private static void code(ArrayNode parts, String code, String display) {
        parts.addObject()
                .put("name", "error-code")
                .putObject("valueCoding")
                .put("system", "http://hl7.org/fhir/issue-type")
                .put("code", code)
                .put("display", display);
    }

    private static void identifier(ArrayNode parts, String name, String value) {
        parts.addObject()
                .put("name", name)
                .putObject("valueIdentifier")
                .put("system", SYSTEM)
                .put("value", value);
    }
}
