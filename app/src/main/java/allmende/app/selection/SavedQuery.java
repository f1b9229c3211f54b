package allmende.app.selection;

import allmende.app.portal.Question;
import allmende.core.cohort.Problem;
import allmende.core.cohort.ProblemCode;
import allmende.core.fhir.FhirJson;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * A saved query as programs of the national portal send it: an envelope around a CRTDL document. The document inside is
 * cut out of the bytes, not read and written again, so that it comes out as it went in.
 *
 * @param label its name; empty where none is given
 * @param comment its notes; empty where none are given
 * @param content the document
 */
record SavedQuery(String label, String comment, byte[] content) {

    /** The outcome of reading an envelope. */
    sealed interface Read {
        /** It is one. */
        record Good(SavedQuery query) implements Read {}

        /** It is not. */
        record Bad(Problem problem) implements Read {}
    }

    static Read read(byte[] envelope) {
        String label = "";
        String comment = "";
        byte[] content = null;
        try (JsonParser parser = FhirJson.mapper().createParser(envelope)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return new Read.Bad(Problem.of("", ProblemCode.SAVED_QUERY_SHAPE));
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                switch (name) {
                    case "label" -> label = text(parser);
                    case "comment" -> comment = text(parser);
                    case "content" -> content = slice(parser, envelope);
                    default -> parser.skipChildren();
                }
            }
        } catch (JacksonException broken) {
            return new Read.Bad(Problem.of("", ProblemCode.SAVED_QUERY_SHAPE));
        }
        return content == null
                ? new Read.Bad(Problem.of("/content", ProblemCode.SAVED_QUERY_EMPTY))
                : new Read.Good(new SavedQuery(label, comment, content));
    }

    private static String text(JsonParser parser) {
        String text = parser.currentToken() == JsonToken.VALUE_STRING ? parser.getString() : null;
        parser.skipChildren();
        return text == null ? "" : text;
    }

    private static byte @Nullable [] slice(JsonParser parser, byte[] envelope) {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return null;
        }
        int from = (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        int to = (int) parser.currentLocation().getByteOffset();
        return Arrays.copyOfRange(envelope, from, to);
    }

    /** The envelope of a question, with its document as it is kept. */
    static byte[] write(Question question) {
        byte[] head = Reply.object()
                .put("id", question.id())
                .put("label", question.name())
                .put("comment", question.notes())
                .put("lastModified", question.changed().toString())
                .toString()
                .getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(head, 0, head.length - 1);
        out.writeBytes(",\"content\":".getBytes(StandardCharsets.UTF_8));
        out.writeBytes(question.bytes());
        out.write('}');
        return out.toByteArray();
    }
}
