package allmende.engine.terminology.importing;

import allmende.core.terminology.operation.ConceptTableBuilder;
import allmende.core.terminology.operation.SystemFacts;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads the files of one publisher; used once. */
interface Importer {

    /**
     * Reads everything into {@link #builder}.
     *
     * @param version the version to give it; null takes what the files say
     * @throws ImportProblem if the files can't be used at all
     */
    SystemFacts read(Sources sources, ImportLog log, @Nullable String version) throws IOException;

    /** What was read. */
    ConceptTableBuilder builder();
}
