package allmende.engine.terminology;

import allmende.core.terminology.operation.ConceptTable;
import allmende.core.terminology.operation.ConceptTableBuilder;
import allmende.core.terminology.operation.SystemFacts;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Tables of concepts in files, mapped into memory: opening one reads next to nothing, and it takes no heap. */
final class TableFile {

    /** How such files end. */
    static final String ENDING = ".concepts";

    private TableFile() {}

    /**
     * Opens a table; it stays mapped as long as anyone uses it, even where the file is removed meanwhile.
     *
     * @throws IOException if it can't be read or is no table of this version of the program
     */
    static ConceptTable open(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            MemorySegment bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), Arena.ofAuto());
            return new ConceptTable(bytes);
        } catch (IllegalArgumentException unusable) {
            throw new IOException(file + " is " + unusable.getMessage(), unusable);
        }
    }

    /** Writes a table aside and moves it into place, so that no one sees half a file. */
    static ConceptTableBuilder.Written write(ConceptTableBuilder builder, SystemFacts facts, Path file)
            throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        Files.createDirectories(directory);
        Path aside = Files.createTempFile(directory, "concepts", ".tmp");
        try {
            ConceptTableBuilder.Written written;
            try (OutputStream out = Files.newOutputStream(aside)) {
                written = builder.write(facts, out);
            }
            if (written instanceof ConceptTableBuilder.Written.Whole) {
                Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
            return written;
        } finally {
            Files.deleteIfExists(aside);
        }
    }
}
