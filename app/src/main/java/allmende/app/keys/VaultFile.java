package allmende.app.keys;

import allmende.app.site.SiteUnavailable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Collections;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** The key store on disk. Written whole beside its place, forced to disk and then put there, so a crash leaves the old one. */
final class VaultFile {

    private static final String TYPE = "PKCS12";
    private static final Set<PosixFilePermission> OWNER = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> OTHERS = PosixFilePermissions.fromString("---rwxrwx");

    private final Path folder;
    private final Path store;
    private final Path passwordFile;
    private final @Nullable String environmentPassword;
    private final SecureRandom random;

    VaultFile(Path folder, @Nullable String environmentPassword, SecureRandom random) {
        this.folder = folder;
        this.store = folder.resolve("vault.p12");
        this.passwordFile = folder.resolve("vault.password");
        this.environmentPassword = environmentPassword;
        this.random = random;
    }

    /** All entries by alias; empty while there is no vault. */
    SortedMap<String, byte[]> read() {
        try {
            return Files.exists(store) ? load(password()) : new TreeMap<>();
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** Reads the entries, lets them be changed, and writes them if they were; one process at a time. */
    SortedMap<String, byte[]> change(Consumer<SortedMap<String, byte[]>> change) {
        try {
            Files.createDirectories(folder, owner("rwx------"));
            // a file lock holds other processes off, not other threads of this one
            synchronized (VaultFile.class) {
                try (FileChannel channel = FileChannel.open(
                                folder.resolve("vault.lock"),
                                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                                owner("rw-------"));
                        FileLock held = channel.lock()) {
                    if (!held.isValid()) {
                        throw new IOException("the lock is gone");
                    }
                    return changed(change);
                }
            }
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    private SortedMap<String, byte[]> changed(Consumer<SortedMap<String, byte[]>> change) throws IOException {
        char[] password = Files.exists(store) || hasPassword() ? password() : newPassword();
        SortedMap<String, byte[]> entries = Files.exists(store) ? load(password) : new TreeMap<>();
        int before = entries.size();
        change.accept(entries);
        if (entries.size() != before) {
            save(entries, password);
        }
        return entries;
    }

    private boolean hasPassword() {
        return environmentPassword != null || Files.exists(passwordFile);
    }

    private char[] password() throws IOException {
        if (environmentPassword != null) {
            return environmentPassword.toCharArray();
        }
        if (Files.notExists(passwordFile)) {
            throw new SiteUnavailable(
                    "The password of the key store is missing.",
                    "Restore " + passwordFile + " from a backup, or set " + KeyVault.PASSWORD + ".");
        }
        checkRights(passwordFile);
        return Files.readString(passwordFile).strip().toCharArray();
    }

    private char[] newPassword() throws IOException {
        byte[] bytes = new byte[KeyVault.LENGTH];
        random.nextBytes(bytes);
        String password = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        put(passwordFile, out -> out.write((password + "\n").getBytes(StandardCharsets.US_ASCII)));
        return password.toCharArray();
    }

    private SortedMap<String, byte[]> load(char[] password) throws IOException {
        checkRights(store);
        SortedMap<String, byte[]> entries = new TreeMap<>();
        try (InputStream in = Files.newInputStream(store)) {
            KeyStore keys = KeyStore.getInstance(TYPE);
            keys.load(in, password);
            for (String alias : Collections.list(keys.aliases())) {
                if (keys.getKey(alias, password) instanceof SecretKey key) {
                    entries.put(alias, key.getEncoded());
                }
            }
            return entries;
        } catch (GeneralSecurityException e) {
            throw new IOException("the key store is damaged or was made by another program", e);
        }
    }

    private void save(SortedMap<String, byte[]> entries, char[] password) throws IOException {
        try {
            KeyStore keys = KeyStore.getInstance(TYPE);
            keys.load(null, password);
            KeyStore.ProtectionParameter protection = new KeyStore.PasswordProtection(password);
            for (var entry : entries.entrySet()) {
                SecretKeySpec key = new SecretKeySpec(entry.getValue(), "AES");
                keys.setEntry(entry.getKey(), new KeyStore.SecretKeyEntry(key), protection);
            }
            put(store, out -> {
                try {
                    keys.store(out, password);
                } catch (GeneralSecurityException e) {
                    throw new IOException("the key store can't be written", e);
                }
            });
        } catch (GeneralSecurityException e) {
            throw new IOException("the key store can't be made", e);
        }
    }

    @FunctionalInterface
    private interface Content {
        void write(OutputStream out) throws IOException;
    }

    private void put(Path place, Content content) throws IOException {
        Path made = Files.createTempFile(folder, "vault", ".new", owner("rw-------"));
        try {
            try (FileChannel channel = FileChannel.open(made, StandardOpenOption.WRITE);
                    OutputStream out = Channels.newOutputStream(channel)) {
                content.write(out);
                channel.force(true);
            }
            Files.move(made, place, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(made);
        }
    }

    /** A key that others can read is no secret any more; the site says so instead of using it. */
    private static void checkRights(Path file) throws IOException {
        Set<PosixFilePermission> rights = Files.getPosixFilePermissions(file);
        if (!Collections.disjoint(rights, OTHERS)) {
            throw new SiteUnavailable(
                    "The file " + file + " can be read or written by others.",
                    "Take the rights of all but its owner away (chmod 600), and think about whether its keys must be replaced.");
        }
        if (!rights.containsAll(Set.of(PosixFilePermission.OWNER_READ)) || !OWNER.containsAll(rights)) {
            throw new IOException("its rights are not those of a key store");
        }
    }

    private static FileAttribute<Set<PosixFilePermission>> owner(String rights) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(rights));
    }

    private SiteUnavailable unusable(IOException e) {
        return new SiteUnavailable(
                "The key store " + store + " can't be used: " + e.getMessage(),
                "Check the password and the rights of its folder, or restore both from a backup of the data folder.");
    }
}
