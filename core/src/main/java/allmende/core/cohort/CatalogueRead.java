package allmende.core.cohort;

import java.util.List;

/** The outcome of reading catalogue files. */
public sealed interface CatalogueRead {

    /** All files are in order. */
    record Complete(Catalogue catalogue) implements CatalogueRead {}

    /** They are not; at least one problem. */
    record Faulty(List<FileProblem> problems) implements CatalogueRead {
        public Faulty {
            problems = List.copyOf(problems);
        }
    }

    /**
     * What is wrong, and where.
     *
     * @param file name of the file
     * @param problem place in the file and what is wrong there
     */
    record FileProblem(String file, Problem problem) {
        @Override
        public String toString() {
            return file + "#" + problem.pointer() + ": " + problem.message();
        }
    }
}
