package allmende.engine.load;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Something to load: a file, or a piece that comes back from quarantine. Two are the same only if they are one object.
 */
final class Input {

    private final String source;
    private final String entry;
    private final Form form;
    private final Opener opener;
    private final long size;

    /**
     * Names something to load.
     *
     * @param source name of the file, for people
     * @param entry where in that file a piece was; empty for a file
     * @param size bytes, as they lie there
     */
    Input(String source, String entry, Form form, Opener opener, long size) {
        this.source = source;
        this.entry = entry;
        this.form = form;
        this.opener = opener;
        this.size = size;
    }

    static Input file(Path path, String source, long size) {
        String name = path.getFileName().toString();
        String plain = name.endsWith(".gz") ? name.substring(0, name.length() - ".gz".length()) : name;
        boolean lines = plain.endsWith(".ndjson") || plain.endsWith(".jsonl");
        return new Input(source, "", lines ? Form.LINES : Form.DOCUMENT, () -> Files.newInputStream(path), size);
    }

    String source() {
        return source;
    }

    String entry() {
        return entry;
    }

    Form form() {
        return form;
    }

    long size() {
        return size;
    }

    /** Whether it comes back from quarantine. */
    boolean isPiece() {
        return form == Form.PIECE || form == Form.LINE;
    }

    /** Opens it from the beginning, decompressing what is compressed. */
    InputBytes open() {
        return InputBytes.open(opener);
    }

    /** What the content should be. For files the name tells; the content may overrule it. */
    enum Form {
        /** NDJSON. */
        LINES,
        /** One JSON document. */
        DOCUMENT,
        /** One line of NDJSON, out of quarantine. */
        LINE,
        /** Any other piece, out of quarantine. */
        PIECE
    }

    /** Opens the bytes as they lie there. */
    interface Opener {
        InputStream open() throws IOException;
    }
}
