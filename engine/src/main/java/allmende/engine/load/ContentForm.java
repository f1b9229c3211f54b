package allmende.engine.load;

/** Tells NDJSON from a JSON document by the beginning of the content; the name of the file decides where it is open. */
final class ContentForm {

    private ContentForm() {}

    static boolean isLines(Slice head, Input.Form byName) {
        Slice text = head.trim();
        int newline = firstNewline(text);
        if (newline < 0) {
            return byName == Input.Form.LINES;
        }
        Slice first = new Slice(text.array(), text.from(), newline).trim();
        Slice rest = new Slice(text.array(), newline, text.to()).trim();
        byte next = rest.length() == 0 ? 0 : rest.array()[rest.from()];
        if (byName == Input.Form.LINES) {
            // a document that was named wrongly, written over several lines
            boolean opensOnly = first.length() == 1;
            return !(opensOnly || next == '"');
        }
        boolean complete = first.array()[first.from()] == '{' && first.array()[first.to() - 1] == '}';
        return complete && next == '{';
    }

    private static int firstNewline(Slice text) {
        for (int i = text.from(); i < text.to(); i++) {
            if (text.array()[i] == '\n') {
                return i;
            }
        }
        return -1;
    }
}
