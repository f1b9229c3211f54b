package allmende.core.document;

import allmende.core.cohort.CcdlReader;
import allmende.core.cohort.Problem;
import allmende.core.cohort.ProblemCode;
import allmende.core.fhir.FhirJson;
import allmende.core.fhir.JsonRead;
import java.io.ByteArrayOutputStream;
import java.io.StringWriter;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads and writes documents as trees. */
final class DocumentJson {

    private DocumentJson() {}

    /** The outcome of {@link #read}. */
    sealed interface Tree {
        record Of(ObjectNode root) implements Tree {}

        record Not(Problem problem) implements Tree {}
    }

    static Tree read(byte[] json) {
        if (json.length > CcdlReader.MAX_BYTES) {
            return new Tree.Not(Problem.of("", ProblemCode.FILE_TOO_LARGE, CcdlReader.MAX_BYTES));
        }
        return switch (FhirJson.read(json)) {
            case JsonRead.Malformed malformed ->
                new Tree.Not(
                        malformed.line() > 0
                                ? Problem.of(
                                        "",
                                        ProblemCode.FILE_NOT_JSON_AT,
                                        malformed.reason(),
                                        malformed.line(),
                                        malformed.column())
                                : Problem.of("", ProblemCode.FILE_NOT_JSON, malformed.reason()));
            case JsonRead.Parsed(ObjectNode root) -> new Tree.Of(LosslessNumbers.restore(root, json));
            case JsonRead.Parsed _ -> new Tree.Not(Problem.of("", ProblemCode.FILE_NOT_OBJECT));
        };
    }

    static byte[] write(JsonNode tree) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator generator =
                FhirJson.mapper().writerWithDefaultPrettyPrinter().createGenerator(bytes)) {
            LosslessNumbers.write(tree, generator);
        }
        return bytes.toByteArray();
    }

    static String compact(JsonNode tree) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = FhirJson.mapper().createGenerator(text)) {
            LosslessNumbers.write(tree, generator);
        }
        return text.toString();
    }

    static ObjectNode object() {
        return FhirJson.mapper().createObjectNode();
    }
}
