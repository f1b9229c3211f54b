package allmende.engine.index;

import allmende.core.fhir.ResourceKey;
import allmende.core.terminology.ConceptDictionary;
import allmende.core.terminology.Terminology;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * One generation of the index: a DuckDB file with one connection that writes, any number that read, and in memory what
 * has to be at hand: names, concept numbers, patients, awaited resources. Whoever writes is alone; see CohortIndex.
 */
final class IndexFile implements AutoCloseable {

    /** Most memory that DuckDB takes outside the heap; sorting beyond it goes to {@code tmp/}. */
    static final String MEMORY_LIMIT = "2GB";

    /** Threads of DuckDB, shared by all connections of a file. */
    static final String THREADS = "2";

    private final Path path;
    private final Connection writer;
    private final ConcurrentLinkedDeque<Connection> idle = new ConcurrentLinkedDeque<>();
    private final Map<NameNumbers.Kind, NameNumbers> names = new EnumMap<>(NameNumbers.Kind.class);
    private final Map<ResourceKey, Long> awaited = new HashMap<>();
    private final ConceptDictionary dictionary;
    private ConceptDictionary.Mark saved;
    private RoaringBitmap patients = new RoaringBitmap();
    private final RoaringBitmap consentPatients = new RoaringBitmap();
    private volatile long t;
    private long baseFacts;
    private long recentFacts;
    private long lastAwaited;
    private volatile boolean presenceOutdated = true;

    /** Opens a file that has the tables. */
    IndexFile(Path path, Terminology terminology) throws SQLException {
        this.path = path;
        this.writer = connect(path);
        boolean complete = false;
        try {
            ConceptDictionary.News kept = keptConcepts();
            this.dictionary = ConceptDictionary.restore(terminology, kept);
            this.saved = kept.mark();
            readRest();
            complete = true;
        } finally {
            if (!complete) {
                writer.close();
            }
        }
    }

    /** Makes a file with empty tables that stands at {@code t} = 0. */
    static void create(Path path, String fingerprint) throws SQLException {
        try (Connection connection = connect(path)) {
            Sql.transaction(connection, () -> {
                for (String table : Schema.tables()) {
                    Sql.execute(connection, "create table " + table);
                }
                Sql.execute(connection, "insert into state values (0, ?, ?)", Schema.FORMAT, fingerprint);
                Sql.execute(
                        connection, "insert into patients values (?)", (Object) Patients.toBytes(new RoaringBitmap()));
                return null;
            });
        }
    }

    /** Whether the file can be used as it is: same format, same catalogue and terminology. */
    static boolean fits(Path path, String fingerprint) {
        try (Connection connection = connect(path)) {
            boolean[] fits = {false};
            Sql.query(
                    connection,
                    "select format, fingerprint from state",
                    row -> fits[0] = row.getInt(1) == Schema.FORMAT && fingerprint.equals(row.getString(2)));
            return fits[0];
        } catch (SQLException unreadable) {
            return false;
        }
    }

    private static Connection connect(Path path) throws SQLException {
        Properties settings = new Properties();
        settings.setProperty("threads", THREADS);
        settings.setProperty("memory_limit", MEMORY_LIMIT);
        settings.setProperty("temp_directory", path.resolveSibling("tmp").toString());
        settings.setProperty("autoload_known_extensions", "false");
        settings.setProperty("autoinstall_known_extensions", "false");
        settings.setProperty("allow_community_extensions", "false");
        return DriverManager.getConnection("jdbc:duckdb:" + path, settings);
    }

    private ConceptDictionary.News keptConcepts() throws SQLException {
        List<ConceptDictionary.SystemEntry> systems = new ArrayList<>();
        List<ConceptDictionary.CodeEntry> codes = new ArrayList<>();
        Sql.query(
                writer,
                "select number, uri from code_system order by number",
                row -> systems.add(new ConceptDictionary.SystemEntry(row.getInt(1), row.getString(2))));
        Sql.query(
                writer,
                "select number, code from code order by number",
                row -> codes.add(new ConceptDictionary.CodeEntry(row.getLong(1), row.getString(2))));
        return new ConceptDictionary.News(systems, codes, new ConceptDictionary.Mark(systems.size(), codes.size()));
    }

    private void readRest() throws SQLException {
        for (NameNumbers.Kind kind : NameNumbers.Kind.values()) {
            names.put(kind, new NameNumbers());
        }
        Sql.query(
                writer, "select kind, number, text from name", row -> names(NameNumbers.Kind.valueOf(row.getString(1)))
                        .restore(new NameNumbers.Name(row.getInt(2), row.getString(3))));
        Sql.query(writer, "select number, type, id from awaited", row -> {
            awaited.put(new ResourceKey(row.getString(2), row.getString(3)), row.getLong(1));
            lastAwaited = Math.min(lastAwaited, row.getLong(1));
        });
        Sql.query(writer, "select existing from patients", row -> patients = Patients.ofBytes(row.getBytes(1)));
        Sql.query(writer, "select distinct patient from consent", row -> consentPatients.add(row.getInt(1)));
        t = Sql.number(writer, "select t from state");
        baseFacts = Sql.number(writer, "select count(*) from fact");
        recentFacts = Sql.number(writer, "select count(*) from recent");
    }

    Path path() {
        return path;
    }

    Connection writer() {
        return writer;
    }

    ConceptDictionary dictionary() {
        return dictionary;
    }

    NameNumbers names(NameNumbers.Kind kind) {
        NameNumbers found = names.get(kind);
        if (found == null) {
            throw new IllegalStateException("no names of kind " + kind);
        }
        return found;
    }

    /** The snapshot that the committed rows stand for. */
    long t() {
        return t;
    }

    void reached(long newT) {
        t = newT;
    }

    /** Patients that exist, as the writer sees it; a copy. */
    RoaringBitmap patients() {
        return patients.clone();
    }

    void patients(RoaringBitmap existing) {
        patients = existing;
    }

    /** Patients who have Consents, and maybe some who have none any more; for the writer alone. */
    RoaringBitmap consentPatients() {
        return consentPatients;
    }

    /** Rows in {@code fact}, about. */
    long baseFacts() {
        return baseFacts;
    }

    /** Rows in {@code recent}, about. */
    long recentFacts() {
        return recentFacts;
    }

    void counted(long base, long recent) {
        baseFacts += base;
        recentFacts += recent;
    }

    /** Resources that links or dependents point to and that are not there: their stand-in numbers, all negative. */
    Map<ResourceKey, Long> awaited() {
        return awaited;
    }

    long nextAwaited() {
        return --lastAwaited;
    }

    /** Whether some stretches of presence may have to be made again. */
    boolean presenceOutdated() {
        return presenceOutdated;
    }

    void presenceOutdated(boolean outdated) {
        presenceOutdated = outdated;
    }

    /** Writes names and concept numbers that are not in the file yet; to be called within a transaction. */
    Unsaved saveNames() throws SQLException {
        Map<NameNumbers.Kind, List<NameNumbers.Name>> written = new EnumMap<>(NameNumbers.Kind.class);
        for (NameNumbers.Kind kind : NameNumbers.Kind.values()) {
            List<NameNumbers.Name> unsaved = names(kind).unsaved();
            written.put(kind, unsaved);
            for (NameNumbers.Name name : unsaved) {
                Sql.execute(writer, "insert into name values (?, ?, ?)", kind.name(), name.number(), name.text());
            }
        }
        ConceptDictionary.News news = dictionary.newsSince(saved);
        for (ConceptDictionary.SystemEntry system : news.systems()) {
            Sql.execute(writer, "insert into code_system values (?, ?)", system.number(), system.uri());
        }
        if (!news.codes().isEmpty()) {
            try (var rows = Sql.duck(writer).createAppender("main", "code")) {
                for (ConceptDictionary.CodeEntry code : news.codes()) {
                    rows.beginRow().append(code.number()).append(code.code()).endRow();
                }
            }
        }
        return new Unsaved(written, news.mark());
    }

    /** The transaction in which the names were written is committed. */
    void saved(Unsaved written) {
        written.names().forEach((kind, list) -> names(kind).saved(list));
        saved = written.concepts();
    }

    /** What a transaction has written of the names. */
    record Unsaved(Map<NameNumbers.Kind, List<NameNumbers.Name>> names, ConceptDictionary.Mark concepts) {}

    /** A connection to read with; give it back by {@link #release}. */
    Connection borrow() throws SQLException {
        @Nullable Connection pooled = idle.poll();
        return pooled != null ? pooled : Sql.duck(writer).duplicate();
    }

    void release(Connection connection) {
        idle.push(connection);
    }

    @Override
    public void close() throws SQLException {
        for (Connection pooled = idle.poll(); pooled != null; pooled = idle.poll()) {
            pooled.close();
        }
        writer.close();
    }
}
