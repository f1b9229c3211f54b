package allmende.engine.index;

import allmende.core.cohort.Position;
import allmende.core.cohort.Within;
import allmende.core.fhir.TimeSpan;
import allmende.engine.index.FactPattern.Near;

/**
 * Writes patterns as queries for patients. A query looks at a slice of the patients, so that what it has to remember stays
 * small however many facts there are; docs/implementation/query-extension.md shows one.
 */
final class PatternSql {

    /** Facts that a query should have to remember at most, by estimate. */
    static final long SLICE_FACTS = 8_000_000;

    /** A beginning that is known: neither missing nor open. */
    private static final String STARTS = "start_minute > " + TimeSpan.OPEN_START;

    /** Added to days, so that subtracting any distance leaves a number that is not negative. */
    private static final long DAYS_ADDED = -TimeSpan.OPEN_START / 1440 + Within.MAX_DAYS;

    private static final String DAY = "((start_minute::bigint + " + DAYS_ADDED * 1440 + ") // 1440)::integer as day";

    private final FactSql facts;
    private final String slice;

    /**
     * @param first first patient of the slice
     * @param last last patient of the slice
     */
    PatternSql(FactSql facts, long first, long last) {
        this.facts = facts;
        this.slice = "patient between " + first + " and " + last;
    }

    /** Patients of the slice that have the pattern, some of them several times. */
    String patients(FactPattern pattern) {
        Near near = pattern.near();
        String matching = near == null
                ? "select patient, resource from (" + candidates(pattern) + ")"
                : close(candidates(pattern), near, pattern.position() == null);
        return pattern.atLeast() == 1 ? "select patient from (" + matching + ")" : often(matching, pattern.atLeast());
    }

    /** Rows (patient, resource, start_minute) that pass the filter, at the position asked for. */
    private String candidates(FactPattern pattern) {
        FactFilter filter = pattern.filter();
        Position position = pattern.position();
        boolean timed = position != null || pattern.near() != null;
        if (position == null || filter.value() == null) {
            return rows("patient, resource, start_minute", facts.condition(filter), timed);
        }
        FactFilter anyValue =
                new FactFilter(filter.context(), filter.terms(), null, filter.time(), filter.attributes());
        String passes = "coalesce(" + facts.value(filter.value()) + ", false) as passes";
        String all = rows("patient, resource, start_minute, " + passes, facts.condition(anyValue), timed);
        String farthest = position == Position.FIRST ? "min(start_minute)" : "max(start_minute)";
        return "select p.patient, p.resource, p.start_minute from (" + all + ") p join (select patient as whose, "
                + farthest + " as farthest from (" + all
                + ") group by patient) e on e.whose = p.patient and e.farthest = p.start_minute where p.passes";
    }

    private String rows(String columns, String condition, boolean timed) {
        return "select " + columns + " from " + FactSql.ALL_FACTS + " where " + condition + " and " + slice
                + (timed ? " and " + STARTS : "");
    }

    /**
     * Candidates that lie close to some of the others. The candidate looks for another one in a window of days. Days are
     * cut into buckets as wide as the window, so that it covers the end of one bucket and the beginning of the next: of
     * each bucket the first and the last day are all that need be known.
     *
     * @param cheap whether the candidates are plain rows, which are rather read twice than kept
     */
    private String close(String candidates, Near near, boolean cheap) {
        int before = near.direction() == Within.Direction.BEFORE ? 0 : near.days();
        int after = near.direction() == Within.Direction.AFTER ? 0 : near.days();
        int width = before + after + 1;
        String found = "select patient, resource, day - " + before + " as low, day + " + after + " as high, (day - "
                + before + ") // " + width + " as bucket from (select patient, resource, " + DAY + " from ("
                + candidates
                + "))";
        String others = rows("patient as whose, " + DAY, facts.condition(near.of()), true)
                + " and patient in (select patient from found)";
        return "with found as " + (cheap ? "not materialized (" : "materialized (") + found
                + "), bucket as (select whose, day // " + width
                + " as number, min(day) as first, max(day) as last from (" + others + ") group by all)"
                + " select patient, resource from found join bucket on whose = patient and number = bucket where last >= low"
                + " union all select patient, resource from found join bucket on whose = patient and number = bucket + 1"
                + " where first <= high";
    }

    private static String often(String matching, int times) {
        return times == 2
                ? "select patient from (" + matching + ") group by patient having min(resource) < max(resource)"
                : "select patient from (select distinct patient, resource from (" + matching
                        + ")) group by patient having count(*) >= " + times;
    }
}
