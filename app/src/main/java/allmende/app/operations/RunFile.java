package allmende.app.operations;

import allmende.app.site.DataFolder;
import allmende.app.site.SiteLocation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The file {@code run/site.json} by which other commands find the running site: only its owner can read it, since it
 * holds the token that opens the site's operations.
 *
 * @param pid process of the site
 * @param url address on the loopback
 * @param token opens the operations of this run; another one at each start
 */
public record RunFile(long pid, String url, String token) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static Path path(SiteLocation location) {
        return location.run().resolve("site.json");
    }

    /** Writes the file, readable by its owner alone. */
    public void write(SiteLocation location) {
        ObjectNode node =
                JSON.createObjectNode().put("pid", pid).put("url", url).put("token", token);
        Path path = path(location);
        try {
            DataFolder.prepare(location.run());
            Path fresh = Files.createTempFile(
                    location.run(),
                    "site",
                    ".json",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.write(fresh, JSON.writeValueAsBytes(node), StandardOpenOption.TRUNCATE_EXISTING);
            Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("The file " + path + " can't be written", e);
        }
    }

    /** The file of a data folder, if there is a readable one. It may be left over from a site that was killed. */
    public static Optional<RunFile> read(SiteLocation location) {
        Path path = path(location);
        if (!Files.isReadable(path)) {
            return Optional.empty();
        }
        try {
            JsonNode node = JSON.readTree(Files.readAllBytes(path));
            Set<String> fields = Set.copyOf(node.propertyNames());
            return fields.containsAll(Set.of("pid", "url", "token"))
                    ? Optional.of(new RunFile(
                            node.get("pid").asLong(),
                            node.get("url").asString(),
                            node.get("token").asString()))
                    : Optional.empty();
        } catch (IOException | JacksonException e) {
            return Optional.empty();
        }
    }

    /** Removes the file if it is this one. */
    public void remove(SiteLocation location) {
        if (read(location).filter(this::equals).isPresent()) {
            try {
                Files.deleteIfExists(path(location));
            } catch (IOException e) {
                // A left-over file does no harm: nobody answers at its address.
                return;
            }
        }
    }
}
