package allmende.engine.index;

import allmende.core.cohort.Catalogue;
import allmende.core.cohort.ContextDefinition;
import allmende.core.terminology.Terminology;
import allmende.engine.index.IndexStatistics.ConceptCount;
import allmende.engine.index.IndexStatistics.ContextCount;
import allmende.engine.index.IndexStatistics.MonthCount;
import java.sql.SQLException;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Sums up what an index holds. */
final class StatisticsReader {

    private StatisticsReader() {}

    static IndexStatistics read(IndexSnapshot snapshot, Catalogue catalogue) {
        Map<String, Long> byContext = new HashMap<>();
        List<MonthCount> months = new ArrayList<>();
        try {
            snapshot.count((context, month, facts) -> {
                byContext.merge(context, facts, Long::sum);
                if (month != null) {
                    months.add(new MonthCount(YearMonth.from(month), context, facts));
                }
            });
        } catch (SQLException failed) {
            throw CohortIndex.unavailable(failed);
        }
        List<ContextCount> contexts = byContext.entrySet().stream()
                .map(entry -> new ContextCount(
                        catalogue
                                .context(entry.getKey())
                                .map(ContextDefinition::module)
                                .orElse(""),
                        entry.getKey(),
                        entry.getValue()))
                .sorted(Comparator.comparingLong(ContextCount::facts).reversed().thenComparing(ContextCount::context))
                .toList();
        long facts = byContext.values().stream().mapToLong(Long::longValue).sum();
        return new IndexStatistics(snapshot.t(), snapshot.patients().getLongCardinality(), facts, contexts, months);
    }

    static List<ConceptCount> topConcepts(IndexSnapshot snapshot, Terminology terminology, String context, int limit) {
        try {
            return snapshot.topConcepts(context, limit).stream()
                    .map(count ->
                            new ConceptCount(count.concept(), terminology.display(count.concept()), count.facts()))
                    .toList();
        } catch (SQLException failed) {
            throw CohortIndex.unavailable(failed);
        }
    }
}
