package allmende.core.fhir;

/** Steps over the parts of well-formed compact JSON without reading them. */
final class CompactJson {

    private CompactJson() {}

    /** Where a string without escapes ends, at its quote; -1 where it has some. {@code from} is after its first quote. */
    static int plainString(byte[] json, int from) {
        int at = from;
        while (json[at] != '"') {
            if (json[at] == '\\') {
                return -1;
            }
            at++;
        }
        return at;
    }

    /** Where the value that begins here is over: at the comma or bracket behind it. */
    static int afterValue(byte[] json, int from) {
        int depth = 0;
        int at = from;
        while (true) {
            switch (json[at]) {
                case '"' -> at = afterString(json, at + 1);
                case '{', '[' -> {
                    depth++;
                    at++;
                }
                case '}', ']' -> {
                    if (depth == 0) {
                        return at;
                    }
                    depth--;
                    at++;
                }
                case ',' -> {
                    if (depth == 0) {
                        return at;
                    }
                    at++;
                }
                default -> at++;
            }
            if (depth == 0 && (json[at] == ',' || json[at] == '}' || json[at] == ']')) {
                return at;
            }
        }
    }

    /** The place behind a string; {@code from} is after its first quote. */
    static int afterString(byte[] json, int from) {
        int at = from;
        while (json[at] != '"') {
            at += json[at] == '\\' ? 2 : 1;
        }
        return at + 1;
    }
}
