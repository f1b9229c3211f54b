package allmende.app.keys;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.regex.Pattern;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The site's keys by name, each in versions, in {@code keys/vault.p12}. New work uses the newest version; what was made with
 * an older one stays readable, since older versions are kept. Thread-safe; several processes may use one vault.
 *
 * <p>The password of the store is in {@code keys/vault.password}, made with the vault and readable by the owner only, or in
 * the environment ({@value #PASSWORD}), which then counts alone.
 */
public final class KeyVault {

    /** Length of every key in bytes. */
    public static final int LENGTH = 32;

    /** The variable of the environment that may hold the password. */
    public static final String PASSWORD = "ALLMENDE_KEYS_PASSWORD";

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,63}");
    private static final int MOST_DERIVED = 255 * 32;

    private final VaultFile file;
    private final SecureRandom random;
    private final Object lock = new Object();
    private @Nullable SortedMap<String, byte[]> entries;

    /**
     * A key as lists show it.
     *
     * @param name the key's name
     * @param versions how many there are; the last one is used
     */
    public record Listed(String name, int versions) {}

    private KeyVault(VaultFile file, SecureRandom random) {
        this.file = file;
        this.random = random;
    }

    /**
     * Opens the vault of a data folder, which is made when the first key is asked for.
     *
     * @param data the data folder
     * @param environment variables of the environment
     */
    public static KeyVault open(Path data, Map<String, String> environment) {
        SecureRandom random = new SecureRandom();
        return new KeyVault(new VaultFile(data.resolve("keys"), environment.get(PASSWORD), random), random);
    }

    /**
     * The newest version of a key; made if there is none yet.
     *
     * @param name small letters, digits and dashes, such as {@code project-deliveries}
     * @return {@link #LENGTH} bytes for AES-256
     * @throws allmende.app.site.SiteUnavailable if the vault can't be read or written
     */
    public SecretKey key(String name) {
        return new SecretKeySpec(secret(name, 0), "AES");
    }

    /**
     * A certain version of a key, for what was made with it. The first one is made if there is none yet.
     *
     * @param version from 1
     * @throws IllegalArgumentException if the key has no such version
     */
    public SecretKey key(String name, int version) {
        return new SecretKeySpec(secret(name, checked(version)), "AES");
    }

    /** The number of the newest version; the key is made if there is none yet. Keep it beside what is made with the key. */
    public int version(String name) {
        secret(name, 0);
        synchronized (lock) {
            return versions(loaded(), name);
        }
    }

    /**
     * A key for one use, from the newest version (HKDF with SHA-256, RFC 5869): different infos give independent keys.
     *
     * @param info what it is for, such as {@code project/4711}
     * @param bytes how many, 1 to 8160
     */
    public byte[] derive(String name, String info, int bytes) {
        return expanded(secret(name, 0), info, bytes);
    }

    /** As {@link #derive(String, String, int)} from a certain version. */
    public byte[] derive(String name, int version, String info, int bytes) {
        return expanded(secret(name, checked(version)), info, bytes);
    }

    /**
     * Adds a new version of a key, which is used from now on. Versions before stay.
     *
     * @return its number
     */
    public int rotate(String name) {
        checkName(name);
        synchronized (lock) {
            entries = file.change(found -> add(found, name));
            return versions(entries, name);
        }
    }

    /** All keys by name; tells no secrets. */
    public List<Listed> list() {
        synchronized (lock) {
            SortedMap<String, byte[]> found = file.read();
            entries = found;
            List<Listed> listed = new ArrayList<>();
            found.keySet().stream()
                    .map(alias -> alias.substring(0, alias.indexOf('#')))
                    .distinct()
                    .forEach(name -> listed.add(new Listed(name, versions(found, name))));
            return listed;
        }
    }

    private static int checked(int version) {
        if (version < 1) {
            throw new IllegalArgumentException("versions of keys count from 1");
        }
        return version;
    }

    /** The secret of a version, 0 for the newest. Another process may have added it after this one has read. */
    private byte[] secret(String name, int version) {
        checkName(name);
        synchronized (lock) {
            SortedMap<String, byte[]> found = loaded();
            int last = versions(found, name);
            if (last == 0 || version > last) {
                found = file.change(there -> {
                    if (versions(there, name) == 0 && version <= 1) {
                        add(there, name);
                    }
                });
                entries = found;
            }
            byte[] secret = found.get(alias(name, version == 0 ? versions(found, name) : version));
            if (secret == null) {
                throw new IllegalArgumentException("the key " + name + " has no version " + version);
            }
            return secret;
        }
    }

    private SortedMap<String, byte[]> loaded() {
        SortedMap<String, byte[]> found = entries;
        if (found == null) {
            found = file.read();
            entries = found;
        }
        return found;
    }

    private void add(SortedMap<String, byte[]> found, String name) {
        byte[] secret = new byte[LENGTH];
        random.nextBytes(secret);
        found.put(alias(name, versions(found, name) + 1), secret);
    }

    private static int versions(SortedMap<String, byte[]> found, String name) {
        int last = 0;
        while (found.containsKey(alias(name, last + 1))) {
            last++;
        }
        return last;
    }

    private static String alias(String name, int version) {
        return name + "#" + version;
    }

    private static void checkName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("names of keys have small letters, digits and dashes");
        }
    }

    private static byte[] expanded(byte[] secret, String info, int bytes) {
        if (bytes < 1 || bytes > MOST_DERIVED) {
            throw new IllegalArgumentException("1 to " + MOST_DERIVED + " bytes can be derived");
        }
        try {
            return KDF.getInstance("HKDF-SHA256")
                    .deriveData(HKDFParameterSpec.expandOnly(
                            new SecretKeySpec(secret, "HKDF-PRK"), info.getBytes(StandardCharsets.UTF_8), bytes));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java 25 has HKDF with SHA-256", impossible);
        }
    }

    /** Names no key. */
    @Override
    public String toString() {
        return "KeyVault";
    }
}
