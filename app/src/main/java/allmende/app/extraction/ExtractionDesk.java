package allmende.app.extraction;

import allmende.core.cohort.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The extractions of a site. A job that has begun goes on after a restart, and has one snapshot and one evaluation day from
 * beginning to end. Jobs are worked on one after the other, urgent ones first.
 */
public interface ExtractionDesk {

    /** What became of the wish to extract. */
    sealed interface Begun {

        /** It is a job now. */
        record Accepted(String id) implements Begun {}

        /** It can't be one; at least one problem, with JSON pointers into the CRTDL document. */
        record Refused(List<Problem> problems) implements Begun {
            public Refused {
                problems = List.copyOf(problems);
            }
        }
    }

    /** Begins a job, durable on return. */
    Begun begin(ExtractionOrder order);

    /** How a job is; empty where there is none of this id. */
    Optional<ExtractionState> state(String id);

    /** All jobs, the newest first. */
    List<ExtractionState> jobs();

    /** Stops a job for good; its files stay until {@link #remove}. Nothing where it has ended or is none. */
    void cancel(String id);

    /** Ends a job and removes its files. */
    void remove(String id);

    /** Where the job's {@link Destination} writes; made when the job begins to work. */
    Path folder(String id);
}
