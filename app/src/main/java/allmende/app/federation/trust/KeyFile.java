package allmende.app.federation.trust;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/** A party's key pair in a file that only its owner can read; made at the first start. */
public final class KeyFile {

    private KeyFile() {}

    /**
     * The pair in {@code keys/federation.jwk} of this data folder.
     *
     * @throws IllegalStateException with a sentence for the engineer if the file is damaged
     */
    public static SigningKey in(Path data) {
        Path file = data.resolve("keys").resolve("federation.jwk");
        try {
            if (!Files.exists(file)) {
                write(file, Es256.write(Es256.generate()));
            }
            return Es256.readPair(Files.readString(file))
                    .orElseThrow(() -> new IllegalStateException("The key file " + file
                            + " is damaged. Restore it from a backup; or remove it, and the party must be enrolled"
                            + " again with a new key."));
        } catch (IOException e) {
            throw new UncheckedIOException("The key file " + file + " can't be read or written", e);
        }
    }

    private static void write(Path file, String text) throws IOException {
        Path folder = file.getParent();
        Files.createDirectories(folder);
        Path fresh = Files.createTempFile(
                folder,
                "federation",
                ".jwk",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(fresh, text);
        try {
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(fresh, file);
        }
    }
}
