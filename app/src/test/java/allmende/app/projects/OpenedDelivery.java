package allmende.app.projects;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** All that can be read from a folder, Parquet by what is in its columns. */
final class OpenedDelivery {

    private OpenedDelivery() {}

    /** Names and bytes of all files, and each cell of Parquet files on a line of its own. */
    static String text(Path folder) throws IOException, SQLException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.filter(Files::isRegularFile).sorted().toList();
        }
        StringBuilder text = new StringBuilder();
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:")) {
            for (Path file : files) {
                text.append(folder.relativize(file)).append('\n');
                text.append(Files.readString(file, StandardCharsets.ISO_8859_1)).append('\n');
                if (file.toString().endsWith(".parquet")) {
                    cells(duck, file, text);
                }
            }
        }
        return text.toString();
    }

    private static void cells(Connection duck, Path file, StringBuilder text) throws SQLException {
        try (Statement statement = duck.createStatement();
                ResultSet rows = statement.executeQuery("select * from read_parquet('" + file + "')")) {
            int columns = rows.getMetaData().getColumnCount();
            while (rows.next()) {
                for (int column = 1; column <= columns; column++) {
                    String cell = rows.getString(column);
                    if (cell != null) {
                        text.append("parquet: ").append(cell).append('\n');
                    }
                }
            }
        }
    }

    /** Which of these are in a text; digits alone count as a number of their own only, since hashes hold any digits. */
    static Collection<String> finds(String text, Collection<String> wanted) {
        Collection<String> found = new TreeSet<>();
        for (String one : wanted) {
            boolean digits = one.chars().allMatch(Character::isDigit);
            boolean there = digits
                    ? Pattern.compile("(?<![0-9A-Za-z.])" + one + "(?![0-9A-Za-z])")
                            .matcher(text)
                            .find()
                    : text.contains(one);
            if (there) {
                found.add(one);
            }
        }
        return found;
    }
}
