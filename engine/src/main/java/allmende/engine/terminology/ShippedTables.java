package allmende.engine.terminology;

import allmende.core.terminology.operation.CodeSystemDocument;
import allmende.core.terminology.operation.ConceptTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The classifications that come with the program, with everything they say of their codes; made at first use. */
final class ShippedTables {

    private static final Logger LOG = LoggerFactory.getLogger(ShippedTables.class);

    private final @Nullable Path directory;
    private @Nullable List<ConceptTable> tables;

    /** @param directory keeps them for later starts; null keeps them in memory */
    ShippedTables(@Nullable Path directory) {
        this.directory = directory;
    }

    synchronized List<ConceptTable> tables() {
        if (tables == null) {
            tables = directory == null ? built() : kept(directory);
        }
        return tables;
    }

    private static List<ConceptTable> kept(Path directory) {
        List<ConceptTable> kept = new ArrayList<>();
        for (int i = 0; i < ShippedPackage.SYSTEMS; i++) {
            Path file = file(directory, i);
            try {
                if (Files.exists(file)) {
                    kept.add(TableFile.open(file));
                }
            } catch (IOException damaged) {
                LOG.warn("{} can't be used and is built anew", file);
            }
        }
        return kept.size() == ShippedPackage.SYSTEMS ? kept : rebuilt(directory);
    }

    private static List<ConceptTable> rebuilt(Path directory) {
        List<ConceptTable> tables = new ArrayList<>();
        try {
            List<CodeSystemDocument.Read.Usable> read = ShippedPackage.documents();
            for (int i = 0; i < read.size(); i++) {
                TableFile.write(read.get(i).builder(), read.get(i).facts(), file(directory, i));
                tables.add(TableFile.open(file(directory, i)));
            }
            return tables;
        } catch (IOException problem) {
            LOG.warn("The folder {} can't be written; the classifications are kept in memory", directory);
            return built();
        }
    }

    private static List<ConceptTable> built() {
        try {
            return ShippedPackage.documents().stream()
                    .map(each -> each.builder().build(each.facts()))
                    .toList();
        } catch (IOException damaged) {
            throw new UncheckedIOException("the shipped code systems can't be read", damaged);
        }
    }

    private static Path file(Path directory, int number) {
        return directory.resolve(ShippedPackage.NAME + "-" + number + TableFile.ENDING);
    }
}
