package allmende.engine.terminology.importing;

import allmende.engine.terminology.importing.ImportOutcome.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/** Counts lines, and keeps the first of those that can't be used. */
final class ImportLog {

    private static final int EXAMPLES_MAX = 20;
    private static final int TOLD_EVERY = 1 << 13;

    private final LongConsumer progress;
    private final List<Refused> examples = new ArrayList<>();
    private String file = "";
    private long lines;
    private long refused;

    /** @param progress hears now and then how many further lines were read */
    ImportLog(LongConsumer progress) {
        this.progress = progress;
    }

    void file(String name) {
        file = name;
    }

    void line() {
        lines++;
        if (lines % TOLD_EVERY == 0) {
            progress.accept(TOLD_EVERY);
        }
    }

    void refuse(long line, String reason) {
        refused++;
        if (examples.size() < EXAMPLES_MAX) {
            examples.add(new Refused(file, line, reason));
        }
    }

    long lines() {
        return lines;
    }

    long refused() {
        return refused;
    }

    List<Refused> examples() {
        return examples;
    }
}
