package allmende.core.estimate;

import allmende.core.cohort.Criterion;
import allmende.core.estimate.Estimate.Code;
import allmende.core.estimate.Estimate.Note;
import java.util.Set;

/** Collects notes on one site, each once. */
record Notes(String site, Set<Note> notes) {

    void add(Code code, Criterion criterion) {
        notes.add(new Note(code, site, criterion.pointer()));
    }
}
