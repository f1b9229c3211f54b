package allmende.app.release;

import allmende.app.site.SiteUnavailable;
import allmende.core.disclosure.NoiseKey;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;

/**
 * The secret from which the site's noise follows, in {@code keys/noise.key}: made once, readable by the owner only. Who
 * knows it can take the noise off every answer; who loses it gets fresh noise, so repeats of old questions would tell more
 * than they should, until the budget ends that.
 */
final class KeyFile {

    private KeyFile() {}

    static NoiseKey load(Path data) {
        Path folder = data.resolve("keys");
        Path file = folder.resolve("noise.key");
        try {
            if (Files.notExists(file)) {
                Files.createDirectories(
                        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
                make(folder, file);
            }
            byte[] secret = Files.readAllBytes(file);
            if (secret.length != NoiseKey.LENGTH) {
                throw new SiteUnavailable(
                        "The key for noise is damaged.", "Restore " + file + " from a backup of the data folder.");
            }
            return NoiseKey.of(secret);
        } catch (IOException e) {
            throw new SiteUnavailable(
                    "The key for noise can't be read: " + e.getMessage(), "Make " + file + " readable for the site.");
        }
    }

    /** Written whole beside its place and then put there, unless another process was faster. */
    private static void make(Path folder, Path file) throws IOException {
        byte[] secret = new byte[NoiseKey.LENGTH];
        new SecureRandom().nextBytes(secret);
        Path made = Files.createTempFile(
                folder,
                "noise",
                ".new",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            Files.write(made, secret);
            Files.createLink(file, made);
        } catch (FileAlreadyExistsException faster) {
            // the other's key counts
        } catch (UnsupportedOperationException noLinks) {
            Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(made);
        }
    }
}
