package allmende.engine.table;

import allmende.core.fhir.FhirJson;
import allmende.core.view.Column;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Comma-separated values as RFC 4180 has them. An empty cell is no value; an empty text is {@code ""}. */
final class CsvSink implements TableSink {

    private static final String LINE_END = "\r\n";

    private final BufferedWriter out;

    CsvSink(OutputStream stream, List<Column> columns) {
        out = new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), 1 << 16);
        row(columns.stream().map(Column::name).toArray());
    }

    @Override
    public void row(@Nullable Object[] cells) {
        try {
            for (int i = 0; i < cells.length; i++) {
                if (i > 0) {
                    out.write(',');
                }
                out.write(quoted(cells[i]));
            }
            out.write(LINE_END);
        } catch (IOException problem) {
            throw Writing.failed(problem);
        }
    }

    private static String quoted(@Nullable Object cell) {
        return switch (cell) {
            case null -> "";
            case BigDecimal number -> number.toPlainString();
            case List<?> list -> quoted(json(list));
            case String text -> quoted(text);
            default -> cell.toString();
        };
    }

    private static String json(List<?> list) {
        return new String(FhirJson.mapper().writeValueAsBytes(list), StandardCharsets.UTF_8);
    }

    private static String quoted(String text) {
        boolean plain = !text.isEmpty()
                && text.chars().noneMatch(letter -> letter == ',' || letter == '"' || letter == '\n' || letter == '\r');
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }

    @Override
    public void finish() {
        try {
            out.flush();
        } catch (IOException problem) {
            throw Writing.failed(problem);
        }
    }

    @Override
    public void close() {}
}
