package allmende.engine.store;

import allmende.engine.store.StoreUnavailable.Code;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The embedded server of one data directory, shared by all who open it. Two locks in {@code run/} rule its life:
 *
 * <ul>
 *   <li>{@code postgres.lock} is held shared by every process that uses the server. Who closes and then gets it
 *       exclusively was the last one, and stops the server.
 *   <li>{@code postgres.guard} is held exclusively while somebody starts or stops it.
 * </ul>
 *
 * <p>The server is a process group of its own: it outlives a user that is killed, and is found again by the next one.
 * File locks belong to a whole JVM, so openings inside one JVM are counted.
 */
final class LocalPostgres implements AutoCloseable {

    private static final long GUARD_SECONDS_MAX = 120;
    private static final long GUARD_PAUSE_MILLIS = 20;
    private static final long EXIT_GRACE_MILLIS = 1_500;
    private static final String CANNOT_CONNECT_NOW = "57P03";
    private static final String NO_SUCH_DATABASE = "3D000";
    private static final String DATABASE_EXISTS = "42P04";
    private static final String UNIQUE_VIOLATION = "23505";

    /** Open servers of this JVM by directory; also the monitor under which locks are taken and given back. */
    private static final Map<Path, LocalPostgres> OPEN = new HashMap<>();

    private final Path directory;
    private final FileChannel usersFile;
    private final Cluster cluster;
    private FileLock usersLock;
    private volatile Cluster.Door door;
    private int users = 1;

    private LocalPostgres(Path directory, FileChannel usersFile) throws IOException {
        this.directory = directory;
        this.usersFile = usersFile;
        try (var _ = Guard.of(directory)) {
            this.usersLock = usersFile.lock(0, Long.MAX_VALUE, true);
            this.cluster = Cluster.at(directory.resolve("postgres"), cache());
            this.door = runningOrStarted();
        }
    }

    /** The server of a data directory, started if nobody did so yet. */
    static LocalPostgres open(Path dataDirectory) {
        synchronized (OPEN) {
            try {
                Files.createDirectories(dataDirectory.resolve("run"));
                Path home = dataDirectory.resolve("postgres");
                if (!Files.exists(home)) {
                    Files.createDirectory(
                            home, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
                }
                Path directory = dataDirectory.toRealPath();
                LocalPostgres open = OPEN.get(directory);
                if (open != null) {
                    open.users++;
                    return open;
                }
                if (OPEN.isEmpty()) {
                    ExitHook.install();
                }
                return opened(directory);
            } catch (IOException e) {
                throw new StoreUnavailable(
                        Code.DIRECTORY, "The data directory " + dataDirectory + " can't be used: " + e.getMessage(), e);
            }
        }
    }

    private static LocalPostgres opened(Path directory) throws IOException {
        FileChannel usersFile = lockFile(directory, "postgres.lock");
        try {
            LocalPostgres fresh = new LocalPostgres(directory, usersFile);
            OPEN.put(directory, fresh);
            return fresh;
        } catch (IOException | RuntimeException e) {
            usersFile.close(); // gives the lock back
            throw e;
        }
    }

    /**
     * A new connection to a database, which is made if it is not there. Where the server has died it is started again.
     */
    Connection connect(String database) throws SQLException {
        Cluster.Door current = door;
        try {
            return connect(current, database);
        } catch (SQLException e) {
            if (NO_SUCH_DATABASE.equals(e.getSQLState())) {
                create(current, database);
                return connect(current, database);
            }
            requireDead(e);
            return connect(revived(current, e), database);
        }
    }

    /** A new connection of another user than {@link Cluster#USER} to a database that is there. */
    Connection connect(String database, String user, String password) throws SQLException {
        Cluster.Door current = door;
        try {
            return connect(current, database, user, password);
        } catch (SQLException e) {
            requireDead(e);
            return connect(revived(current, e), database, user, password);
        }
    }

    /** Throws on what starting the server again would not mend. */
    private static void requireDead(SQLException e) throws SQLException {
        String state = e.getSQLState();
        if (state == null || !(state.startsWith("08") || state.startsWith("57P"))) {
            throw e;
        }
    }

    private static void create(Cluster.Door door, String database) throws SQLException {
        try (Connection connection = connect(door, StoreLocation.Embedded.FIRST);
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + database); // the name was checked when the location was made
        } catch (SQLException e) {
            String state = e.getSQLState();
            if (!DATABASE_EXISTS.equals(state) && !UNIQUE_VIOLATION.equals(state)) {
                throw e; // otherwise somebody else made it meanwhile
            }
        }
    }

    /** The password of {@link Cluster#USER}. */
    String password() {
        return door.password();
    }

    private Cluster.Door revived(Cluster.Door dead, SQLException why) throws SQLException {
        synchronized (OPEN) {
            if (users == 0) {
                throw why;
            }
            if (!dead.equals(door)) {
                return door;
            }
            try (var _ = Guard.of(directory)) {
                door = runningOrStarted();
                return door;
            } catch (IOException e) {
                why.addSuppressed(e);
                throw why;
            }
        }
    }

    private Cluster.Door runningOrStarted() {
        Cluster.Door known = cluster.door();
        return known != null && answers(known) ? known : cluster.start();
    }

    private static boolean answers(Cluster.Door door) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(GUARD_SECONDS_MAX);
        while (true) {
            try (Connection connection = connect(door, StoreLocation.Embedded.FIRST)) {
                return connection.isValid(10);
            } catch (SQLException e) {
                boolean startingOrStopping = CANNOT_CONNECT_NOW.equals(e.getSQLState());
                if (!startingOrStopping || System.nanoTime() > deadline || !paused()) {
                    return false;
                }
            }
        }
    }

    private static Connection connect(Cluster.Door door, String database) throws SQLException {
        return connect(door, database, Cluster.USER, door.password());
    }

    private static Connection connect(Cluster.Door door, String database, String user, String password)
            throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        Database.describe(properties);
        return DriverManager.getConnection(door.jdbcUrl(database), properties);
    }

    /** Gives the server up; stops it if nobody else uses it. */
    @Override
    public void close() {
        synchronized (OPEN) {
            if (users == 0) {
                return;
            }
            users--;
            if (users == 0) {
                release();
            }
        }
    }

    private void release() {
        OPEN.remove(directory);
        OPEN.notifyAll();
        try (usersFile;
                var _ = Guard.of(directory)) {
            usersLock.release();
            FileLock alone = usersFile.tryLock();
            if (alone != null) {
                cluster.stop();
            }
        } catch (IOException e) {
            throw new StoreUnavailable(
                    Code.DIRECTORY,
                    "The data directory " + directory + " can't be left properly: " + e.getMessage(),
                    e);
        }
    }

    private static Path cache() {
        String xdg = System.getenv("XDG_CACHE_HOME");
        Path base = xdg == null || xdg.isBlank() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(xdg);
        return base.resolve("allmende");
    }

    private static FileChannel lockFile(Path directory, String name) throws IOException {
        return FileChannel.open(
                directory.resolve("run").resolve(name),
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
    }

    private static boolean paused() {
        try {
            TimeUnit.MILLISECONDS.sleep(GUARD_PAUSE_MILLIS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Held while the server is started or stopped. Waits for another process for a bounded time. */
    private record Guard(FileChannel file, FileLock lock) implements AutoCloseable {

        static Guard of(Path directory) throws IOException {
            FileChannel file = lockFile(directory, "postgres.guard");
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(GUARD_SECONDS_MAX);
            @Nullable FileLock lock = file.tryLock();
            while (lock == null && System.nanoTime() < deadline && paused()) {
                lock = file.tryLock();
            }
            if (lock == null) {
                file.close();
                throw new StoreUnavailable(
                        Code.BUSY, "Another process is starting or stopping the database in " + directory + ".");
            }
            return new Guard(file, lock);
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }

    /** Gives up what is still open when the JVM ends, after leaving those a moment who close in hooks of their own. */
    private static final class ExitHook {

        private static boolean installed;

        private ExitHook() {}

        static void install() {
            if (!installed) {
                Runtime.getRuntime().addShutdownHook(new Thread(ExitHook::run, "allmende-postgres-exit"));
                installed = true;
            }
        }

        private static void run() {
            synchronized (OPEN) {
                try {
                    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(EXIT_GRACE_MILLIS);
                    long left = EXIT_GRACE_MILLIS;
                    while (!OPEN.isEmpty() && left > 0) {
                        OPEN.wait(left);
                        left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                    }
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                for (LocalPostgres open : Map.copyOf(OPEN).values()) {
                    open.users = 0;
                    open.release();
                }
            }
        }
    }
}
