package allmende.bench;

import allmende.core.cohort.Catalogues;
import allmende.core.cohort.CcdlReader;
import allmende.engine.count.CohortCounter;
import allmende.engine.index.CohortIndex;
import allmende.engine.store.Store;
import allmende.engine.store.StoreLocation;
import allmende.engine.store.Stores;
import allmende.synth.SyntheticHospital;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The same five questions over the same loaded hospital, once by the index and once by SQL over JSONB in the same
 * PostgreSQL, as a site would write it by hand: a table of documents with a GIN index. Arguments: data directory of a
 * loaded site, number of runs.
 */
final class JsonbRun {

    private JsonbRun() {}

    /**
     * Prints {@code sql.QUESTION} and {@code index.QUESTION}, each as milliseconds of the runs separated by blanks, and
     * {@code sqlCount.QUESTION} and {@code indexCount.QUESTION}.
     */
    public static void main(String[] arguments) throws SQLException, IOException {
        Path data = Path.of(arguments[0]);
        int runs = Integer.parseInt(arguments[1]);
        try (Store store = Stores.open(new StoreLocation.Embedded(data));
                CohortIndex index = LoadRun.open(data, data.resolve("index"), store);
                Connection connection = connect(data);
                Statement statement = connection.createStatement()) {
            if (!index.awaitT(store.currentT(), Duration.ZERO)) {
                index.catchUp();
            }
            for (String command : text("setup").split(";\\s*\n")) {
                statement.execute(command);
            }
            CohortCounter counter = new CohortCounter(index);
            for (Question question : Question.ALL) {
                bySql(statement, question, runs);
                byIndex(counter, question, runs);
            }
            statement.execute("drop schema bench cascade");
        }
    }

    private static void bySql(Statement statement, Question question, int runs) throws SQLException, IOException {
        String sql = text(question.file());
        List<String> millis = new ArrayList<>();
        long count = -1;
        for (int run = 0; run < runs; run++) {
            long start = System.nanoTime();
            try (ResultSet rows = statement.executeQuery(sql)) {
                rows.next();
                count = rows.getLong(1);
            }
            millis.add(Double.toString((System.nanoTime() - start) / 1e6));
        }
        System.out.println("sql." + question.file() + "=" + String.join(" ", millis));
        System.out.println("sqlCount." + question.file() + "=" + count);
    }

    private static void byIndex(CohortCounter counter, Question question, int runs) {
        CcdlReader reader = new CcdlReader(Catalogues.shipped());
        List<String> millis = new ArrayList<>();
        long count = -1;
        for (int run = 0; run < runs; run++) {
            long start = System.nanoTime();
            count = counter.count(question.query(reader), SyntheticHospital.END_OF_OBSERVATION)
                    .count();
            millis.add(Double.toString((System.nanoTime() - start) / 1e6));
        }
        System.out.println("index." + question.file() + "=" + String.join(" ", millis));
        System.out.println("indexCount." + question.file() + "=" + count);
    }

    /** Reads figures printed by {@link #main}. */
    static Samples samples(String printed) {
        return Samples.of(Arrays.stream(printed.split(" "))
                .mapToDouble(Double::parseDouble)
                .toArray());
    }

    private static Connection connect(Path data) throws SQLException, IOException {
        Path home = data.resolve("postgres");
        String port = Files.readString(home.resolve("port")).strip();
        String password = Files.readString(home.resolve("password"));
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/postgres", "allmende", password);
    }

    private static String text(String name) throws IOException {
        try (InputStream in = JsonbRun.class.getResourceAsStream("jsonb/" + name + ".sql")) {
            if (in == null) {
                throw new BenchFailure("No SQL " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
