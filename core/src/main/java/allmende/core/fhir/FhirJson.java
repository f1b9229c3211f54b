package allmende.core.fhir;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads and writes JSON as FHIR needs it: decimals keep their precision ({@code 1.50} stays {@code 1.50}), a key occurs
 * once per object, nothing follows the document, and the bytes are UTF-8.
 */
public final class FhirJson {

    /** Deepest nesting of objects and arrays that is read. Real resources stay below 30. */
    public static final int MAX_DEPTH = 200;

    /** Longest string in characters; an embedded document (base64) is the longest that occurs. */
    public static final int MAX_STRING_LENGTH = 100_000_000;

    /** Longest number in characters. FHIR decimals have at most 18 significant digits. */
    public static final int MAX_NUMBER_LENGTH = 400;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxStringLength(MAX_STRING_LENGTH)
                            .maxNumberLength(MAX_NUMBER_LENGTH)
                            .build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private FhirJson() {}

    /** The one mapper, for callers that stream or that bind their own records. */
    public static JsonMapper mapper() {
        return MAPPER;
    }

    /**
     * Parses JSON that was verified before, such as a stored resource.
     *
     * @throws IllegalArgumentException if it is malformed after all; the message names place and reason, never content
     */
    public static JsonNode parse(byte[] json) {
        return parse(json, 0, json.length);
    }

    /** As {@link #parse(byte[])}, of a part of the array. */
    public static JsonNode parse(byte[] json, int offset, int length) {
        return switch (read(json, offset, length)) {
            case JsonRead.Parsed parsed -> parsed.tree();
            case JsonRead.Malformed malformed -> throw new IllegalArgumentException(malformed.toString());
        };
    }

    /** Reads JSON from outside. */
    public static JsonRead read(byte[] json) {
        return read(json, 0, json.length);
    }

    /** As {@link #read(byte[])}, of a part of the array. */
    public static JsonRead read(byte[] json, int offset, int length) {
        int fault = Utf8.firstFault(json, offset, length);
        if (fault >= 0) {
            return new JsonRead.Malformed(
                    JsonRead.Code.INVALID_UTF8, "no valid UTF-8 text at byte " + (fault - offset), 0, 0);
        }
        try {
            JsonNode tree = MAPPER.readTree(json, offset, length);
            return tree.isMissingNode()
                    ? new JsonRead.Malformed(JsonRead.Code.EMPTY, "nothing but white space", 1, 1)
                    : new JsonRead.Parsed(tree);
        } catch (JacksonException problem) {
            return malformed(problem);
        }
    }

    /** Writes a tree as compact UTF-8. */
    public static byte[] write(JsonNode tree) {
        return MAPPER.writeValueAsBytes(tree);
    }

    /**
     * Takes insignificant white space (and a byte order mark) out of JSON that {@link #read} has accepted; every other
     * byte stays as it came. Returns the array itself where there is none.
     */
    public static byte[] compact(byte[] json) {
        return JsonCompactor.compact(json, 0, json.length);
    }

    /** As {@link #compact(byte[])}, of a part of the array. */
    public static byte[] compact(byte[] json, int offset, int length) {
        return JsonCompactor.compact(json, offset, length);
    }

    private static JsonRead.Malformed malformed(JacksonException problem) {
        TokenStreamLocation at = problem.getLocation();
        int line = at == null ? 0 : at.getLineNr();
        int column = at == null ? 0 : at.getColumnNr();
        return switch (problem) {
            case StreamConstraintsException limit -> overLimit(limit, line, column);
            case MismatchedInputException mismatch -> mismatch(mismatch, line, column);
            default -> new JsonRead.Malformed(JsonRead.Code.SYNTAX, "not JSON", line, column);
        };
    }

    // Jackson gives these reasons in words alone; the words are Jackson's own, they hold no content.
    private static JsonRead.Malformed overLimit(StreamConstraintsException problem, int line, int column) {
        String words = String.valueOf(problem.getOriginalMessage());
        return words.contains("nesting depth")
                ? new JsonRead.Malformed(
                        JsonRead.Code.TOO_DEEP, "nested deeper than " + MAX_DEPTH + " levels", line, column)
                : new JsonRead.Malformed(JsonRead.Code.TOO_LONG, "a text or number is too long", line, column);
    }

    private static JsonRead.Malformed mismatch(MismatchedInputException problem, int line, int column) {
        String words = String.valueOf(problem.getOriginalMessage());
        if (words.startsWith("Duplicate")) {
            return new JsonRead.Malformed(JsonRead.Code.DUPLICATE_KEY, "a key occurs twice in an object", line, column);
        }
        return words.startsWith("Trailing token")
                ? new JsonRead.Malformed(
                        JsonRead.Code.TRAILING_CONTENT, "something follows the end of the document", line, column)
                : new JsonRead.Malformed(JsonRead.Code.SYNTAX, "not JSON", line, column);
    }
}
