package allmende.engine.store;

import allmende.engine.store.StoreUnavailable.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * As whom PostgreSQL's programs run. PostgreSQL refuses to run as root, as many containers do. Then it is put into a user
 * namespace in which it is not root but owns its files all the same; where namespaces are forbidden it runs as the
 * machine's unprivileged user, who is given the directory.
 */
sealed interface ServerUser {

    /** We are nobody special: PostgreSQL runs as we do. */
    record Ourselves() implements ServerUser {}

    /** We are root: in a user namespace. */
    record Namespace() implements ServerUser {}

    /** We are root: as this user and group. */
    record Dropped(int uid, int gid) implements ServerUser {}

    /** Numbers that every Linux gives to {@code nobody}. */
    int NOBODY = 65534;

    long PROBE_SECONDS_MAX = 10;

    /** Who it shall be on this machine. */
    static ServerUser here() {
        if (!"root".equals(System.getProperty("user.name"))) {
            return new Ourselves();
        }
        if (succeeds("unshare", "-U", "true")) {
            return new Namespace();
        }
        Dropped nobody = new Dropped(NOBODY, NOBODY);
        if (succeeds(nobody.command(List.of("true")).toArray(String[]::new))) {
            return nobody;
        }
        throw new StoreUnavailable(
                Code.ROOT,
                "PostgreSQL does not run as root, and this machine offers neither unshare nor setpriv to run it as"
                        + " somebody else. Start this program as an ordinary user, or name a server with --jdbc-url.");
    }

    /** The command that runs {@code command} as this user. */
    default List<String> command(List<String> command) {
        List<String> full = new ArrayList<>();
        switch (this) {
            case Ourselves ourselves -> {}
            case Namespace namespace -> full.addAll(List.of("unshare", "-U"));
            case Dropped(int uid, int gid) ->
                full.addAll(List.of("setpriv", "--reuid=" + uid, "--regid=" + gid, "--clear-groups"));
        }
        full.addAll(command);
        return full;
    }

    /** Makes this user the owner of a directory with all that is in it. */
    default void own(Path directory) throws IOException {
        if (this instanceof Dropped(int uid, int gid)) {
            try (Stream<Path> paths = Files.walk(directory)) {
                for (Path path : paths.toList()) {
                    Files.setAttribute(path, "unix:uid", uid);
                    Files.setAttribute(path, "unix:gid", gid);
                }
            }
        }
    }

    private static boolean succeeds(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(PROBE_SECONDS_MAX, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return false;
            }
            return process.exitValue() == 0;
        } catch (IOException e) {
            return false; // no such program
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
