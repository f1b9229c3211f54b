package allmende.core.profile;

import allmende.core.cohort.CatalogueRead.FileProblem;
import java.util.List;

/** The outcome of reading profile files. */
public sealed interface ProfileRead {

    /** All files are in order. */
    record Complete(Profiles profiles) implements ProfileRead {}

    /** They are not; at least one problem. */
    record Faulty(List<FileProblem> problems) implements ProfileRead {
        public Faulty {
            problems = List.copyOf(problems);
        }
    }
}
