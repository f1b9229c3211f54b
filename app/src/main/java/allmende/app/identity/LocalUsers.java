package allmende.app.identity;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The people who may log in to a site, in one file that only its owner can read: name and bcrypt hash. The file is read
 * at each login, so a change takes effect at once.
 */
public final class LocalUsers implements UserDetailsService {

    /** Passwords shorter than this are refused. */
    public static final int PASSWORD_MIN_CHARACTERS = 12;

    /** bcrypt looks at no more bytes than this. */
    static final int PASSWORD_MAX_BYTES = 72;

    private static final int BCRYPT_STRENGTH = 12;
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9._-]{1,31}");
    private static final String ALPHABET = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    private static final int GENERATED_CHARACTERS = 20;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path file;
    private final PasswordEncoder encoder = new BCryptPasswordEncoder(BCRYPT_STRENGTH);

    /** The users in this file; it need not exist. */
    public LocalUsers(Path file) {
        this.file = file;
    }

    /** What became of the wish to add somebody. */
    public sealed interface Added {

        /** The person can log in. */
        record Done() implements Added {}

        /** Nothing changed; {@code reason} is a sentence, {@code advice} another. */
        record Refused(String reason, String advice) implements Added {}
    }

    /** Adds a person. */
    public Added add(String name, String password) {
        if (!NAME.matcher(name).matches()) {
            return new Added.Refused(
                    "\"" + name + "\" can't be a user name.",
                    "Use 2 to 32 small letters, digits, dots, hyphens or underscores, beginning with a letter.");
        }
        if (password.length() < PASSWORD_MIN_CHARACTERS) {
            return new Added.Refused(
                    "The password is too short.", "Use at least " + PASSWORD_MIN_CHARACTERS + " characters.");
        }
        if (password.getBytes(java.nio.charset.StandardCharsets.UTF_8).length > PASSWORD_MAX_BYTES) {
            return new Added.Refused("The password is too long.", "Use at most " + PASSWORD_MAX_BYTES + " bytes.");
        }
        Map<String, String> users = read();
        if (users.containsKey(name)) {
            return new Added.Refused(
                    "The user " + name + " exists already.", "Remove the user first to set another password.");
        }
        users.put(name, hash(password));
        write(users);
        return new Added.Done();
    }

    /** Removes a person; false if there was none of that name. */
    public boolean remove(String name) {
        Map<String, String> users = read();
        boolean known = users.remove(name) != null;
        if (known) {
            write(users);
        }
        return known;
    }

    /** Names, in alphabetical order. */
    public List<String> names() {
        return List.copyOf(read().keySet());
    }

    /** A password that nobody can guess. */
    public static String generatePassword() {
        SecureRandom random = new SecureRandom();
        StringBuilder password = new StringBuilder(GENERATED_CHARACTERS);
        for (int i = 0; i < GENERATED_CHARACTERS; i++) {
            password.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return password.toString();
    }

    PasswordEncoder encoder() {
        return encoder;
    }

    @Override
    public UserDetails loadUserByUsername(String username) {
        String hash = read().get(username);
        if (hash == null) {
            throw new UsernameNotFoundException("No such user");
        }
        return User.withUsername(username).password(hash).roles("USER").build();
    }

    private String hash(String password) {
        String hash = encoder.encode(password);
        if (hash == null) {
            throw new IllegalStateException("The password could not be hashed");
        }
        return hash;
    }

    private Map<String, String> read() {
        Map<String, String> users = new TreeMap<>();
        if (!Files.exists(file)) {
            return users;
        }
        try {
            JsonNode node = JSON.readTree(Files.readAllBytes(file));
            for (Map.Entry<String, JsonNode> user : node.path("users").properties()) {
                users.put(user.getKey(), user.getValue().asString());
            }
            return users;
        } catch (IOException e) {
            throw new UncheckedIOException("The file of users " + file + " can't be read", e);
        } catch (JacksonException e) {
            throw new IllegalStateException("The file of users " + file + " is damaged", e);
        }
    }

    private void write(Map<String, String> users) {
        ObjectNode root = JSON.createObjectNode();
        ObjectNode node = root.putObject("users");
        users.forEach(node::put);
        try {
            Path folder = file.toAbsolutePath().getParent();
            Files.createDirectories(folder);
            Path fresh = Files.createTempFile(
                    folder,
                    "users",
                    ".json",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.write(fresh, JSON.writeValueAsBytes(root), StandardOpenOption.TRUNCATE_EXISTING);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("The file of users " + file + " can't be written", e);
        }
    }
}
