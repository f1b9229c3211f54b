package allmende.engine.terminology.importing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A file whose first row names its columns. */
final class Table {

    private final Sources.Source source;
    private final ImportLog log;
    private final char separator;

    Table(Sources.Source source, ImportLog log, char separator) {
        this.source = source;
        this.log = log;
        this.separator = separator;
    }

    /** A row. */
    record Row(long line, List<String> fields, Map<String, Integer> columns) {

        /** The field of a column; empty where the file has no such column. */
        String get(String column) {
            Integer index = columns.get(column);
            return index == null ? "" : fields.get(index);
        }
    }

    /** Takes rows. */
    @FunctionalInterface
    interface Reader {
        /** Uses a row; a sentence where it can't be used, else an empty text. */
        String read(Row row);
    }

    /**
     * Hands out all rows.
     *
     * @throws ImportProblem if a needed column is missing
     */
    void read(List<String> needed, Reader reader) throws IOException {
        log.file(source.name());
        try (Rows rows = new Rows(source.open(), StandardCharsets.UTF_8, separator, separator == ',')) {
            List<String> head = rows.next();
            Map<String, Integer> columns = new HashMap<>();
            for (int i = 0; head != null && i < head.size(); i++) {
                columns.put(head.get(i).strip(), i);
            }
            for (String column : needed) {
                if (!columns.containsKey(column)) {
                    throw new ImportProblem("The file " + source.name() + " has no column " + column + ".");
                }
            }
            for (List<String> fields = rows.next(); fields != null; fields = rows.next()) {
                log.line();
                String reason = fields.size() != columns.size()
                        ? "It has " + fields.size() + " fields, not " + columns.size() + "."
                        : reader.read(new Row(rows.line(), fields, columns));
                if (!reason.isEmpty()) {
                    log.refuse(rows.line(), reason);
                }
            }
        }
    }
}
