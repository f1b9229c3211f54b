package allmende.app.identity;

import com.nimbusds.jose.jwk.JWKSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The machines that may get tokens, in the file {@code clients.json} of the data folder: id, name, public keys, scopes. A
 * change of the file takes effect at once. A file that can't be understood lets no machine in.
 */
public final class Clients {

    private static final Logger LOG = LoggerFactory.getLogger(Clients.class);
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{1,63}");
    private static final String CLIENTS = "clients";
    private static final String NAME = "name";
    private static final String SCOPES = "scopes";
    private static final String JWKS = "jwks";
    private static final String JWKS_FILE = "jwks-file";
    private static final String JWKS_URL = "jwks-url";

    private final Path file;
    private @Nullable Known known;

    /** The clients in this file; it need not exist. */
    public Clients(Path file) {
        this.file = file;
    }

    /** What the file said when it was last changed. */
    private record Known(FileTime changed, long size, Map<String, Client> byId) {}

    /** The file can't be understood; the message says where, in a sentence. */
    public static final class Damaged extends Exception {

        private static final long serialVersionUID = 1L;

        Damaged(String message) {
            super(message);
        }
    }

    /** What became of the wish to add a machine. */
    public sealed interface Added {

        /** It may get tokens. */
        record Done(Client client) implements Added {}

        /** Nothing changed; {@code reason} is a sentence, {@code advice} another. */
        record Refused(String reason, String advice) implements Added {}
    }

    /** The machine of this id; nothing where there is none. */
    synchronized Optional<Client> find(String id) {
        try {
            if (!Files.exists(file)) {
                known = null;
                return Optional.empty();
            }
            Known present = known;
            FileTime changed = Files.getLastModifiedTime(file);
            long size = Files.size(file);
            if (present == null || !present.changed().equals(changed) || present.size() != size) {
                present = new Known(changed, size, readOrNone());
                known = present;
            }
            return Optional.ofNullable(present.byId().get(id));
        } catch (IOException e) {
            LOG.error("The file of clients can't be read, so no machine is let in", e);
            return Optional.empty();
        }
    }

    private Map<String, Client> readOrNone() throws IOException {
        try {
            return read();
        } catch (Damaged e) {
            LOG.error("The file of clients can't be understood, so no machine is let in: {}", e.getMessage());
            return Map.of();
        }
    }

    /**
     * All machines by their ids.
     *
     * @throws Damaged if the file can't be understood
     */
    public List<Client> all() throws IOException, Damaged {
        return List.copyOf(read().values());
    }

    /**
     * Adds a machine.
     *
     * @param keys a JSON Web Key, a set of them, or PEM
     * @param scopes the most that it may get, separated by blanks
     * @throws Damaged if the file can't be understood
     */
    public Added add(String id, String name, byte[] keys, String scopes) throws IOException, Damaged {
        Optional<JWKSet> set = PublicKeys.read(keys);
        Optional<String> fault = set.isEmpty() ? Optional.of("The file holds no public key.") : Client.fault(set.get());
        if (fault.isPresent()) {
            return new Added.Refused(
                    fault.get(), "Give a public key as PEM (openssl pkey -pubout), JSON Web Key or set of them.");
        }
        return add(id, name, set.orElseThrow(), null, scopes);
    }

    /**
     * Adds a machine whose keys are fetched where it publishes them.
     *
     * @throws Damaged if the file can't be understood
     */
    public Added add(String id, String name, URI keysAt, String scopes) throws IOException, Damaged {
        return RemoteKeys.isAllowed(keysAt)
                ? add(id, name, new JWKSet(), keysAt, scopes)
                : new Added.Refused(
                        "Keys are not fetched from this address.",
                        "Give one that begins with https://; http:// is for this machine alone.");
    }

    private Added add(String id, String name, JWKSet keys, @Nullable URI keysAt, String scopes)
            throws IOException, Damaged {
        if (!ID.matcher(id).matches()) {
            return new Added.Refused(
                    "This can't be the id of a client.", "Use 2 to 64 letters, digits, dots, hyphens or underscores.");
        }
        List<Scope> allowed = new ArrayList<>();
        for (String scope : scopes.strip().split("\\s+")) {
            Optional<Scope> read = Scope.parse(scope);
            if (read.isEmpty()) {
                return new Added.Refused(
                        "\"" + scope + "\" is no scope.", "Write such as \"system/Observation.rs system/Patient.r\".");
            }
            allowed.add(read.get());
        }
        Map<String, Client> clients = new TreeMap<>(read());
        if (clients.containsKey(id)) {
            return new Added.Refused("The client " + id + " exists already.", "Remove it first to give it other keys.");
        }
        Client client = new Client(id, name.isBlank() ? id : name.strip(), keys, keysAt, allowed);
        ObjectNode root = tree();
        ObjectNode node = root.withObject(CLIENTS).putObject(id);
        node.put(NAME, client.name()).put(SCOPES, Client.written(allowed));
        if (keysAt == null) {
            node.set(JWKS, JsonMapper.shared().readTree(keys.toString()));
        } else {
            node.put(JWKS_URL, keysAt.toString());
        }
        write(root);
        return new Added.Done(client);
    }

    /**
     * Removes a machine; its tokens end at once.
     *
     * @return false if there was none of that id
     * @throws Damaged if the file can't be understood
     */
    public boolean remove(String id) throws IOException, Damaged {
        ObjectNode root = tree();
        if (!root.path(CLIENTS).has(id)) {
            return false;
        }
        root.withObject(CLIENTS).remove(id);
        write(root);
        return true;
    }

    private ObjectNode tree() throws IOException, Damaged {
        if (!Files.exists(file)) {
            return JsonMapper.shared().createObjectNode();
        }
        try {
            if (JsonMapper.shared().readTree(Files.readAllBytes(file)) instanceof ObjectNode root) {
                return root;
            }
        } catch (JacksonException e) {
            throw new Damaged(file + " is no JSON.");
        }
        throw new Damaged(file + " is no JSON object.");
    }

    private Map<String, Client> read() throws IOException, Damaged {
        Map<String, Client> clients = new TreeMap<>();
        for (Map.Entry<String, JsonNode> each : tree().path(CLIENTS).properties()) {
            clients.put(each.getKey(), client(each.getKey(), each.getValue()));
        }
        return clients;
    }

    private Client client(String id, JsonNode node) throws IOException, Damaged {
        List<Scope> scopes = new ArrayList<>();
        for (String scope : node.path(SCOPES).asString("").strip().split("\\s+")) {
            scopes.add(Scope.parse(scope)
                    .orElseThrow(() -> new Damaged("The scopes of " + id + " hold \"" + scope + "\".")));
        }
        String name = node.path(NAME).asString(id);
        if (node.has(JWKS_URL)) {
            URI at = RemoteKeys.address(node.path(JWKS_URL).asString(""))
                    .orElseThrow(() -> new Damaged("The address of the keys of " + id + " is none."));
            return new Client(id, name, new JWKSet(), at, scopes);
        }
        return new Client(id, name, keys(id, node), null, scopes);
    }

    private JWKSet keys(String id, JsonNode node) throws IOException, Damaged {
        JsonNode inside = node.path(JWKS);
        byte[] keys = inside.isMissingNode()
                ? Files.readAllBytes(file.resolveSibling(node.path(JWKS_FILE).asString("")))
                : JsonMapper.shared().writeValueAsBytes(inside);
        JWKSet set = PublicKeys.read(keys).orElseThrow(() -> new Damaged("The keys of " + id + " can't be read."));
        Optional<String> fault = Client.fault(set);
        if (fault.isPresent()) {
            throw new Damaged("The keys of " + id + ": " + fault.get());
        }
        return set;
    }

    private void write(ObjectNode root) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            Files.createDirectories(folder);
            Path fresh = Files.createTempFile(
                    folder,
                    "clients",
                    ".json",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.write(
                    fresh,
                    JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsBytes(root),
                    StandardOpenOption.TRUNCATE_EXISTING);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("The file of clients " + file + " can't be written", e);
        }
    }
}
