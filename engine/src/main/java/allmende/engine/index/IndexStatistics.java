package allmende.engine.index;

import allmende.core.fhir.Coding;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;

/**
 * What an index holds, for overviews. Inside a site; whatever leaves passes the release gate.
 *
 * @param t snapshot that was looked at
 * @param patients patients that exist
 * @param facts rows of facts
 * @param contexts by context code, most facts first
 * @param months facts by month of their beginning, oldest first; facts without a date are in none
 */
public record IndexStatistics(long t, long patients, long facts, List<ContextCount> contexts, List<MonthCount> months) {

    public IndexStatistics {
        contexts = List.copyOf(contexts);
        months = List.copyOf(months);
    }

    /** Facts of a context. {@code module} is the catalogue's file that the context is declared in. */
    public record ContextCount(String module, String context, long facts) {}

    /** Facts of a context that begin in a month. */
    public record MonthCount(YearMonth month, String context, long facts) {}

    /** Facts of a concept. {@code display} is empty where the terminology has no text for it. */
    public record ConceptCount(Coding concept, Optional<String> display, long facts) {}
}
