package allmende.core.profile;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** Reads FHIR packages for tests. */
public final class Archive {

    private static final int BLOCK = 512;

    private Archive() {}

    /** The JSON files in the package's top folder. */
    public static Map<String, byte[]> entries(Path archive) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (InputStream unpacked = new GZIPInputStream(Files.newInputStream(archive));
                DataInputStream in = new DataInputStream(new ByteArrayInputStream(unpacked.readAllBytes()))) {
            byte[] header = new byte[BLOCK];
            while (in.available() >= BLOCK) {
                in.readFully(header);
                String name = text(header, 0, 100);
                String size = text(header, 124, 12);
                byte[] content = in.readNBytes(size.isEmpty() ? 0 : Integer.parseInt(size, 8));
                in.skipNBytes((BLOCK - content.length % BLOCK) % BLOCK);
                if (name.startsWith("package/") && name.endsWith(".json") && name.lastIndexOf('/') == 7) {
                    entries.put(name, content);
                }
            }
        }
        return entries;
    }

    private static String text(byte[] block, int from, int length) {
        String text = new String(block, from, length, StandardCharsets.US_ASCII);
        int end = text.indexOf('\0');
        return (end < 0 ? text : text.substring(0, end)).trim();
    }
}
