package allmende.engine.terminology.importing;

import allmende.core.terminology.operation.SystemFacts;
import java.util.List;

/** What became of an import. */
public sealed interface ImportOutcome {

    /**
     * A line that is not used.
     *
     * @param file its name
     * @param line from 1
     * @param reason a sentence
     */
    record Refused(String file, long line, String reason) {}

    /**
     * The code system is there.
     *
     * @param refused how many lines were not used
     * @param examples the first of them
     */
    record Imported(SystemFacts facts, int concepts, long lines, long refused, List<Refused> examples)
            implements ImportOutcome {
        public Imported {
            examples = List.copyOf(examples);
        }
    }

    /**
     * Nothing was changed; {@code reason} and {@code examples} say why.
     *
     * @param examples the first lines that can't be used
     */
    record NotImported(String reason, List<Refused> examples) implements ImportOutcome {
        public NotImported {
            examples = List.copyOf(examples);
        }
    }
}
