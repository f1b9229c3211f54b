package allmende.core.extraction;

import allmende.core.cohort.Problem;
import java.util.List;

/**
 * The outcome of reading the data part of a CRTDL document.
 *
 * @param extraction what could be read
 * @param problems why it can't be carried out; empty where it can
 * @param departures where it departs from the newest CRTDL and is understood nevertheless, or where it says something that
 *     has no effect
 */
public record ExtractionRead(Extraction extraction, List<Problem> problems, List<Problem> departures) {

    public ExtractionRead {
        problems = List.copyOf(problems);
        departures = List.copyOf(departures);
    }

    /** Whether it can be carried out. */
    public boolean usable() {
        return problems.isEmpty();
    }

    /** Whether it keeps every rule of the newest CRTDL as well. */
    public boolean strict() {
        return problems.isEmpty() && departures.isEmpty();
    }
}
