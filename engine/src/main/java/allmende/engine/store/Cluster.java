package allmende.engine.store;

import allmende.engine.files.Trees;
import allmende.engine.store.StoreUnavailable.Code;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One PostgreSQL cluster on disk and the commands that make, start and stop it. Whoever calls must hold the directory's
 * guard, see {@link LocalPostgres}.
 *
 * <p>Below the home directory: {@code data} (the cluster), {@code password} (mode 0600), {@code port}, {@code log}.
 */
final class Cluster {

    /** The database's superuser, with a random password, reachable from this machine only. */
    static final String USER = "allmende";

    private static final long COMMAND_SECONDS_MAX = 120;
    private static final int START_ATTEMPTS_MAX = 20;
    private static final long START_PAUSE_MILLIS = 500;
    private static final long LOG_BYTES_MAX = 1 << 20;
    private static final int PASSWORD_BYTES = 32;

    private final Path home;
    private final Path binaries;
    private final ServerUser user;

    private Cluster(Path home, Path binaries, ServerUser user) {
        this.home = home;
        this.binaries = binaries;
        this.user = user;
    }

    /** The cluster below {@code home}, which is made if it is not there. */
    static Cluster at(Path home, Path cache) {
        ServerUser user = ServerUser.here();
        // A dropped user can't look into root's home, so it gets the programs beside its data.
        Path binaries = PostgresBinaries.unpacked(user instanceof ServerUser.Dropped ? home : cache);
        Cluster cluster = new Cluster(home, binaries, user);
        try {
            if (!Files.exists(cluster.data())) {
                cluster.initialise();
            }
            return cluster;
        } catch (IOException e) {
            throw unusable(home, e);
        }
    }

    /** Port and password of the running server. */
    record Door(int port, String password) {

        String jdbcUrl(String database) {
            return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
        }
    }

    /** The door of the server that was last started here, whether it still runs or not; null where there was none. */
    @Nullable
    Door door() {
        try {
            Path port = home.resolve("port");
            if (!Files.exists(port)) {
                return null;
            }
            return new Door(Integer.parseInt(Files.readString(port).strip()), Files.readString(password()));
        } catch (IOException | NumberFormatException e) {
            return null; // treated as not running: starting writes the file anew
        }
    }

    /** Starts the server and waits until it takes connections. */
    Door start() {
        try {
            StringBuilder said = new StringBuilder();
            for (int attempt = 0; attempt < START_ATTEMPTS_MAX; attempt++) {
                int port = freePort(door());
                configure(port);
                removeStalePid();
                truncateLog();
                said.setLength(0);
                int exit = run(
                        said,
                        "pg_ctl",
                        "-D",
                        data().toString(),
                        "-w",
                        "-t",
                        "60",
                        "-s",
                        "-l",
                        log().toString(),
                        "start");
                if (exit == 0) {
                    replace(home.resolve("port"), Integer.toString(port));
                    return new Door(port, Files.readString(password()));
                }
                // A server killed a moment ago may still be dying, or somebody took the port: both pass.
                TimeUnit.MILLISECONDS.sleep(START_PAUSE_MILLIS);
            }
            throw new StoreUnavailable(Code.START, "PostgreSQL does not start. Its log says why: " + log());
        } catch (IOException e) {
            throw unusable(home, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailable(Code.START, "Interrupted while PostgreSQL was starting.", e);
        }
    }

    /** Stops the server, ending its connections; says nothing if it does not run. */
    void stop() throws IOException {
        run(new StringBuilder(), "pg_ctl", "-D", data().toString(), "-w", "-t", "60", "-s", "-m", "fast", "stop");
    }

    private Path data() {
        return home.resolve("data");
    }

    private Path password() {
        return home.resolve("password");
    }

    private Path log() {
        return home.resolve("log");
    }

    private void initialise() throws IOException {
        byte[] random = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(random);
        writeSecret(password(), HexFormat.of().formatHex(random));
        Path fresh = home.resolve("data.new");
        Trees.delete(fresh); // left by an initialisation that was interrupted
        user.own(home);
        StringBuilder said = new StringBuilder();
        int exit = run(
                said,
                "initdb",
                "-D",
                fresh.toString(),
                "-U",
                USER,
                "-E",
                "UTF8",
                "--locale=C",
                "--data-checksums",
                "--no-instructions",
                "-A",
                "scram-sha-256",
                "--pwfile=" + password());
        if (exit != 0) {
            throw new StoreUnavailable(Code.START, "PostgreSQL can't create its database in " + home + ": " + said);
        }
        Files.writeString(fresh.resolve("pg_hba.conf"), "host all all 127.0.0.1/32 scram-sha-256\n");
        Files.move(fresh, data(), StandardCopyOption.ATOMIC_MOVE);
    }

    /** The whole configuration, written at each start so that a newer program brings its own. */
    private void configure(int port) throws IOException {
        String text;
        try (var resource = Cluster.class.getResourceAsStream("/allmende/store/postgresql.conf")) {
            if (resource == null) {
                throw new IOException("postgresql.conf is missing on the class path");
            }
            text = new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        }
        replace(data().resolve("postgresql.conf"), text + "port = " + port + "\n");
    }

    /** After a crash the number noted may belong to another process by now; PostgreSQL would then refuse to start. */
    private void removeStalePid() throws IOException {
        Path file = data().resolve("postmaster.pid");
        if (!Files.exists(file)) {
            return;
        }
        List<String> lines = Files.readAllLines(file);
        long pid = lines.isEmpty() ? 0 : Long.parseLong(lines.getFirst().strip());
        boolean postgres = ProcessHandle.of(pid)
                .flatMap(process -> process.info().command())
                .map(command -> command.endsWith("postgres"))
                .orElse(false);
        if (!postgres) {
            Files.delete(file);
        }
    }

    private void truncateLog() throws IOException {
        if (Files.exists(log()) && Files.size(log()) > LOG_BYTES_MAX) {
            Files.writeString(log(), "");
        }
    }

    private int run(StringBuilder said, String program, String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(binaries.resolve("bin").resolve(program).toString()));
        command.addAll(List.of(arguments));
        // Output goes to a file, not to a pipe: the server inherits it and would keep a pipe open for ever.
        Path output = Files.createTempFile("postgres-", ".out");
        try {
            ProcessBuilder builder = new ProcessBuilder(user.command(command));
            builder.environment().put("LC_ALL", "C");
            builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
            builder.directory(home.toFile());
            builder.redirectErrorStream(true).redirectOutput(output.toFile());
            Process process = builder.start();
            process.getOutputStream().close();
            if (!process.waitFor(COMMAND_SECONDS_MAX, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return -1;
            }
            said.append(Files.readString(output, StandardCharsets.ISO_8859_1).strip());
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailable(Code.START, "Interrupted while running PostgreSQL.", e);
        } finally {
            Files.delete(output);
        }
    }

    /** The port used before, if it is free; else any free one. */
    private static int freePort(@Nullable Door before) throws IOException {
        InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        if (before != null) {
            try (ServerSocket socket = new ServerSocket(before.port(), 1, loopback)) {
                return socket.getLocalPort();
            } catch (IOException e) {
                // taken by somebody else: any other will do
            }
        }
        try (ServerSocket socket = new ServerSocket(0, 1, loopback)) {
            return socket.getLocalPort();
        }
    }

    private static void writeSecret(Path file, String content) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, content);
    }

    private static void replace(Path file, String content) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(fresh, content);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static StoreUnavailable unusable(Path home, IOException e) {
        return new StoreUnavailable(
                Code.DIRECTORY, "The database directory " + home + " can't be used: " + e.getMessage(), e);
    }
}
