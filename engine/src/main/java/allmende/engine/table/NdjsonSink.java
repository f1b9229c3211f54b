package allmende.engine.table;

import allmende.core.fhir.FhirJson;
import allmende.core.view.Column;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;

/** A JSON object per line, with all columns; without a value they are null. */
final class NdjsonSink implements TableSink {

    private final BufferedOutputStream out;
    private final JsonGenerator json;
    private final List<Column> columns;

    NdjsonSink(OutputStream stream, List<Column> columns) {
        this.out = new BufferedOutputStream(stream, 1 << 16);
        this.json = FhirJson.mapper().writer().withRootValueSeparator("").createGenerator(new Unclosed(out));
        this.columns = columns;
    }

    @Override
    public void row(@Nullable Object[] cells) {
        try {
            json.writeStartObject();
            for (int i = 0; i < cells.length; i++) {
                json.writeName(columns.get(i).name());
                value(cells[i]);
            }
            json.writeEndObject();
            json.writeRaw('\n');
        } catch (JacksonException problem) {
            throw Writing.failed(new IOException(problem));
        }
    }

    private void value(@Nullable Object cell) {
        switch (cell) {
            case null -> json.writeNull();
            case String text -> json.writeString(text);
            case Boolean truth -> json.writeBoolean(truth);
            case Long number -> json.writeNumber(number);
            case BigDecimal number -> json.writeNumber(number);
            case List<?> list -> {
                json.writeStartArray();
                list.forEach(this::value);
                json.writeEndArray();
            }
            default -> throw new IllegalArgumentException("a cell of " + cell.getClass());
        }
    }

    @Override
    public void finish() {
        try {
            json.flush();
            out.flush();
        } catch (IOException | JacksonException problem) {
            throw Writing.failed(new IOException(problem));
        }
    }

    @Override
    public void close() {
        json.close();
    }

    /** The stream belongs to the caller. */
    private static final class Unclosed extends OutputStream {
        private final OutputStream out;

        Unclosed(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int octet) throws IOException {
            out.write(octet);
        }

        @Override
        public void write(byte[] octets, int from, int length) throws IOException {
            out.write(octets, from, length);
        }
    }
}
