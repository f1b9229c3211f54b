package allmende.engine.delivery;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Chosen columns of a delivery's tables as one row per person: what a report on the risk of being recognised looks at. Where
 * a person has several values in a column, they stand in one text, each once, sorted, with {@code |} between them.
 */
public final class PersonRows {

    private static final Pattern NAME = Pattern.compile("[a-z0-9_]+\\.[A-Za-z][A-Za-z0-9_]*");

    private PersonRows() {}

    /**
     * Hands over a row for each person of these tables, in the order of their keys.
     *
     * @param columns as {@code table.column}, such as {@code patient.birth_date}
     * @param sink takes the texts in the order of the columns; empty where a person has no value
     * @throws IllegalArgumentException if there is no such column
     * @throws DeliveryFailed if the tables can't be read
     */
    public static void read(Path folder, List<String> columns, Consumer<List<String>> sink) {
        if (columns.isEmpty()
                || !columns.stream().allMatch(column -> NAME.matcher(column).matches())) {
            throw new IllegalArgumentException("columns are named as table.column");
        }
        try (TableFiles duck = TableFiles.open(Files.createTempDirectory("persons"));
                Statement statement = duck.connection().createStatement();
                ResultSet found = statement.executeQuery(sql(folder, columns))) {
            while (found.next()) {
                List<String> row = new ArrayList<>(columns.size());
                for (int i = 1; i <= columns.size(); i++) {
                    row.add(found.getString(i));
                }
                sink.accept(row);
            }
        } catch (SQLException unknown) {
            throw new IllegalArgumentException("a column of " + columns + " is not in the tables", unknown);
        } catch (IOException problem) {
            throw new DeliveryFailed("The tables of the delivery can't be read.", problem);
        }
    }

    private static String sql(Path folder, List<String> columns) {
        List<String> values = new ArrayList<>();
        List<String> joins = new ArrayList<>();
        List<String> persons = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            int dot = columns.get(i).indexOf('.');
            String from = source(folder, columns.get(i).substring(0, dot));
            String column = columns.get(i).substring(dot + 1);
            values.add("coalesce(v" + i + ".value, '')");
            joins.add(" left join (select patient, string_agg(distinct \"" + column + "\"::varchar, '|' order by \""
                    + column
                    + "\"::varchar) as value from " + from + " group by patient) v" + i + " on v" + i
                    + ".patient = persons.patient");
            persons.add("select patient from " + from + " where patient is not null");
        }
        return "with persons as (" + String.join(" union ", persons) + ") select " + String.join(", ", values)
                + " from persons" + String.join("", joins) + " order by persons.patient";
    }

    private static String source(Path folder, String table) {
        Path parquet = folder.resolve("tables/" + table + ".parquet");
        if (Files.exists(parquet)) {
            return "read_parquet('" + parquet.toString().replace("'", "''") + "')";
        }
        Path csv = folder.resolve("tables/" + table + ".csv");
        if (!Files.exists(csv)) {
            throw new IllegalArgumentException("there is no table " + table);
        }
        return "read_csv('" + csv.toString().replace("'", "''")
                + "', header = true, all_varchar = true, delim = ',', quote = '\"', escape = '\"', nullstr = '',"
                + " allow_quoted_nulls = false, parallel = false, max_line_size = 16777216)";
    }
}
