package allmende.app.identity;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.password.PasswordEncoder;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The people who may log in to a site, in one file that only its owner can read: name and hash of the password. The file
 * is read at each login, so a change takes effect at once.
 */
public final class LocalUsers {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9._-]{1,31}");
    private static final String ALPHABET = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    private static final int GENERATED_CHARACTERS = 20;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path file;
    private final PasswordEncoder encoder = new PasswordHashes();

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

    /**
     * A person.
     *
     * @param hash of the password
     * @param roles what the person may do
     * @param patient id of the Patient resource that the person is; null for nobody's
     */
    record User(String hash, Set<Role> roles, @Nullable String patient) {

        User {
            roles = Set.copyOf(roles);
        }
    }

    /** Adds a person who runs the site. */
    public Added add(String name, String password) {
        return add(name, password, Set.of(Role.SITE_ENGINEER), null);
    }

    /**
     * Adds a person.
     *
     * @param patient id of the Patient resource that the person is; wanted with the role of a patient, and only then
     */
    public Added add(String name, String password, Set<Role> roles, @Nullable String patient) {
        if (!NAME.matcher(name).matches()) {
            return new Added.Refused(
                    "\"" + name + "\" can't be a user name.",
                    "Use 2 to 32 small letters, digits, dots, hyphens or underscores, beginning with a letter.");
        }
        Optional<PasswordRules.Fault> fault = PasswordRules.fault(password, List.of(name));
        if (fault.isPresent()) {
            return switch (fault.get()) {
                case SHORT ->
                    new Added.Refused(
                            "The password is too short.",
                            "Use at least " + PasswordRules.MIN_CHARACTERS + " characters; a few words will do.");
                case LONG ->
                    new Added.Refused(
                            "The password is too long.",
                            "Use at most " + PasswordRules.MAX_CHARACTERS + " characters.");
                case GUESSABLE ->
                    new Added.Refused(
                            "The password is easily guessed.",
                            "Use several words that have nothing to do with you or this place.");
            };
        }
        if (roles.isEmpty() || !Role.atSite().containsAll(roles)) {
            return new Added.Refused(
                    "A user of a site needs a role that is known there.",
                    "Roles are: " + Role.atSite().stream().map(Role::written).collect(Collectors.joining(", ")) + ".");
        }
        if (roles.contains(Role.PATIENT) != (patient != null)) {
            return new Added.Refused(
                    "The role patient and the id of a Patient resource belong together.",
                    "Give both, or neither; a patient sees that patient's data alone.");
        }
        Map<String, User> users = read();
        if (users.containsKey(name)) {
            return new Added.Refused(
                    "The user " + name + " exists already.", "Remove the user first to set another password.");
        }
        users.put(name, new User(hashed(password), roles, patient));
        write(users);
        return new Added.Done();
    }

    /** Removes a person; false if there was none of that name. */
    public boolean remove(String name) {
        Map<String, User> users = read();
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

    /** The hash of a person's password. */
    Optional<String> hash(String name) {
        return find(name).map(User::hash);
    }

    /** The person of this name; nothing where there is none. */
    Optional<User> find(String name) {
        return Optional.ofNullable(read().get(name));
    }

    /** The roles of everybody, by name. */
    public Map<String, Set<Role>> roles() {
        Map<String, Set<Role>> roles = new TreeMap<>();
        read().forEach((name, user) -> roles.put(name, user.roles()));
        return roles;
    }

    private String hashed(String password) {
        String hash = encoder.encode(password);
        if (hash == null) {
            throw new IllegalStateException("The password could not be hashed");
        }
        return hash;
    }

    private Map<String, User> read() {
        Map<String, User> users = new TreeMap<>();
        if (!Files.exists(file)) {
            return users;
        }
        try {
            JsonNode node = JSON.readTree(Files.readAllBytes(file));
            for (Map.Entry<String, JsonNode> user : node.path("users").properties()) {
                users.put(user.getKey(), user(user.getValue()));
            }
            return users;
        } catch (IOException e) {
            throw new UncheckedIOException("The file of users " + file + " can't be read", e);
        } catch (JacksonException e) {
            throw new IllegalStateException("The file of users " + file + " is damaged", e);
        }
    }

    /** Earlier versions wrote the hash alone: those people ran the site. A role that is not known gives nothing. */
    private static User user(JsonNode node) {
        if (!node.isObject()) {
            return new User(node.asString(), Set.of(Role.SITE_ENGINEER), null);
        }
        Set<Role> roles = EnumSet.noneOf(Role.class);
        node.path("roles").forEach(role -> Role.ofWritten(role.asString("")).ifPresent(roles::add));
        String patient = node.path("patient").asString("");
        return new User(node.path("hash").asString(""), roles, patient.isEmpty() ? null : patient);
    }

    private void write(Map<String, User> users) {
        ObjectNode root = JSON.createObjectNode();
        ObjectNode node = root.putObject("users");
        users.forEach((name, user) -> {
            ObjectNode written = node.putObject(name).put("hash", user.hash());
            var roles = written.putArray("roles");
            user.roles().stream().sorted().forEach(role -> roles.add(role.written()));
            if (user.patient() != null) {
                written.put("patient", user.patient());
            }
        });
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
