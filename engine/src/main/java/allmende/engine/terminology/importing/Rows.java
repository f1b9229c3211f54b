package allmende.engine.terminology.importing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of text with separated fields, one after the other; quotes may hold separators and line ends. */
final class Rows implements AutoCloseable {

    private static final int ROW_MAX = 1 << 20;
    private static final int END = -1;

    private final Reader reader;
    private final char separator;
    private final boolean quoted;
    private long line = 1;
    private long rowLine = 1;
    private int next;

    Rows(InputStream in, Charset charset, char separator, boolean quoted) throws IOException {
        reader = new BufferedReader(new InputStreamReader(in, charset), 1 << 16);
        this.separator = separator;
        this.quoted = quoted;
        next = reader.read();
        if (next == '\uFEFF') {
            next = reader.read();
        }
    }

    /** Line on which the last row began, from 1. */
    long line() {
        return rowLine;
    }

    /** The next row that is not empty; null at the end. */
    @Nullable
    List<String> next() throws IOException {
        List<String> fields = new ArrayList<>();
        do {
            if (next == END) {
                return null;
            }
            rowLine = line;
            fields.clear();
            row(fields);
        } while (fields.size() == 1 && fields.getFirst().isEmpty());
        return fields;
    }

    private void row(List<String> fields) throws IOException {
        StringBuilder field = new StringBuilder();
        int size = 0;
        boolean inQuotes = false;
        while (next != END) {
            int c = advance();
            if (++size > ROW_MAX) {
                throw new ImportProblem("Line " + rowLine + " is longer than " + ROW_MAX + " characters.");
            }
            if (inQuotes) {
                if (c == '"' && next == '"') {
                    field.append((char) advance());
                } else if (c == '"') {
                    inQuotes = false;
                } else {
                    field.append((char) c);
                }
            } else if (quoted && c == '"') {
                inQuotes = true;
            } else if (c == separator) {
                fields.add(field.toString());
                field.setLength(0);
            } else if (c == '\n') {
                break;
            } else if (c != '\r') {
                field.append((char) c);
            }
        }
        fields.add(field.toString());
    }

    private int advance() throws IOException {
        int c = next;
        next = reader.read();
        if (c == '\n') {
            line++;
        }
        return c;
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
