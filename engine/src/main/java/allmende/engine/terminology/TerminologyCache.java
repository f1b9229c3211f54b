package allmende.engine.terminology;

import allmende.core.terminology.CodeSystemBytes;
import allmende.core.terminology.Terminology;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the shipped code systems in their compact form. The file is named for the package and the form; it is a CRC-32 of
 * the rest, the number of systems, and the systems. A cache is a convenience: whatever is wrong with it, the package is
 * read instead.
 */
final class TerminologyCache {

    private static final Logger LOG = LoggerFactory.getLogger(TerminologyCache.class);

    private final @Nullable Path file;

    TerminologyCache(@Nullable Path directory) {
        file = directory == null
                ? null
                : directory.resolve(ShippedPackage.NAME + ".v" + CodeSystemBytes.FORMAT + ".bin");
    }

    /** The shipped code systems, from the cache if it is sound. */
    List<Terminology.CodeSystem> shipped() {
        try {
            if (file == null) {
                return ShippedPackage.read();
            }
            List<Terminology.CodeSystem> kept = kept(file);
            if (!kept.isEmpty()) {
                return kept;
            }
            List<Terminology.CodeSystem> systems = ShippedPackage.read();
            keep(systems, file);
            return systems;
        } catch (IOException damaged) {
            throw new UncheckedIOException("the shipped code systems can't be read", damaged);
        }
    }

    /** What the file holds; empty where it is absent or damaged. */
    private static List<Terminology.CodeSystem> kept(Path file) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            if (bytes.length < Integer.BYTES || ByteBuffer.wrap(bytes).getInt() != checksum(bytes)) {
                LOG.warn("{} is damaged and is built anew", file);
                return List.of();
            }
            return systems(bytes);
        } catch (NoSuchFileException absent) {
            return List.of();
        } catch (IOException unreadable) {
            LOG.warn("{} can't be read and is built anew", file);
            return List.of();
        }
    }

    private static List<Terminology.CodeSystem> systems(byte[] bytes) throws IOException {
        DataInputStream in =
                new DataInputStream(new ByteArrayInputStream(bytes, Integer.BYTES, bytes.length - Integer.BYTES));
        int count = in.readInt();
        List<Terminology.CodeSystem> systems = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            systems.add(CodeSystemBytes.read(in));
        }
        return systems;
    }

    /** Written aside and moved into place, so that no other process sees half a file. */
    private static void keep(List<Terminology.CodeSystem> systems, Path file) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(8 << 20);
            DataOutputStream out = new DataOutputStream(bytes);
            out.writeInt(0);
            out.writeInt(systems.size());
            for (Terminology.CodeSystem system : systems) {
                CodeSystemBytes.write(system, out);
            }
            byte[] content = bytes.toByteArray();
            ByteBuffer.wrap(content).putInt(checksum(content));
            Path directory = file.toAbsolutePath().getParent();
            Files.createDirectories(directory);
            Path aside = Files.createTempFile(directory, "terminology", ".tmp");
            Files.write(aside, content);
            Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException problem) {
            LOG.warn("{} can't be written; the next start reads the code systems from their package again", file);
        }
    }

    private static int checksum(byte[] bytes) {
        CRC32 checksum = new CRC32();
        checksum.update(bytes, Integer.BYTES, bytes.length - Integer.BYTES);
        return (int) checksum.getValue();
    }
}
