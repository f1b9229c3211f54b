package allmende.engine.terminology.importing;

import allmende.core.terminology.operation.ConceptTableBuilder;
import allmende.core.terminology.operation.SystemFacts;
import allmende.engine.terminology.SystemLibrary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Imports a code system from its publisher's files into a {@link SystemLibrary}, whole or not at all. */
public final class TerminologyImport {

    /** Whose files they are. */
    public enum Publisher {
        /** LOINC: {@code Loinc.csv} or the ZIP archive of a release. */
        LOINC,
        /** SNOMED CT: ZIP archives in Release Format 2. */
        SNOMED,
        /** ICD-10-GM or OPS: ClaML, or the meta files of BfArM. */
        BFARM
    }

    private final SystemLibrary library;
    private final LongConsumer progress;

    /** @param progress hears now and then how many further lines were read */
    public TerminologyImport(SystemLibrary library, LongConsumer progress) {
        this.library = library;
        this.progress = progress;
    }

    /** Whether a text is an identifier of SNOMED CT: 6 to 18 digits, the last of which proves the others. */
    public static boolean isSnomedId(String text) {
        return CheckDigits.sctid(text);
    }

    /**
     * Imports; importing the same files again leads to the same state.
     *
     * @param version the version to give the code system; null takes what the files say
     * @param skipRefused import although some lines can't be used
     * @throws IOException if the library can't be written
     */
    public ImportOutcome run(Publisher publisher, List<Path> files, @Nullable String version, boolean skipRefused)
            throws IOException {
        ImportLog log = new ImportLog(progress);
        Importer importer =
                switch (publisher) {
                    case LOINC -> new LoincImport();
                    case SNOMED -> new SnomedImport();
                    case BFARM -> new BfarmImport();
                };
        SystemFacts facts;
        try (Sources sources = Sources.open(files)) {
            facts = importer.read(sources, log, version);
        } catch (ImportProblem problem) {
            return new ImportOutcome.NotImported(String.valueOf(problem.getMessage()), log.examples());
        } catch (IOException unreadable) {
            return new ImportOutcome.NotImported(
                    "A file can't be read to its end: it is damaged or cut short.", log.examples());
        }
        if (importer.builder().size() == 0) {
            return new ImportOutcome.NotImported("The files hold no concepts.", log.examples());
        }
        if (log.refused() > 0 && !skipRefused) {
            return new ImportOutcome.NotImported(
                    log.refused() + " of " + log.lines() + " lines can't be used.", log.examples());
        }
        return switch (library.put(importer.builder(), facts)) {
            case ConceptTableBuilder.Written.Whole(int concepts, int missing) ->
                new ImportOutcome.Imported(facts, concepts, log.lines(), log.refused(), log.examples());
            case ConceptTableBuilder.Written.Cycle(String code) ->
                new ImportOutcome.NotImported("The code " + code + " stands above itself.", log.examples());
        };
    }
}
