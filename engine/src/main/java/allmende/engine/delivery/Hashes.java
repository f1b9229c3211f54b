package allmende.engine.delivery;

import allmende.core.digest.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;

/** SHA-256 of files. */
final class Hashes {

    private static final int BUFFER = 1 << 18;

    private Hashes() {}

    /** What is to be told of a file; the lines of NDJSON are counted on the way. */
    static DeliveredFile look(Path folder, String path, long rows) throws IOException {
        MessageDigest digest = Sha256.fresh();
        boolean lines = path.endsWith(".ndjson");
        long bytes = 0;
        long counted = 0;
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = Files.newInputStream(folder.resolve(path))) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
                bytes += n;
                for (int i = 0; lines && i < n; i++) {
                    counted += buffer[i] == '\n' ? 1 : 0;
                }
            }
        }
        return new DeliveredFile(
                path, bytes, lines ? counted : rows, HexFormat.of().formatHex(digest.digest()));
    }
}
