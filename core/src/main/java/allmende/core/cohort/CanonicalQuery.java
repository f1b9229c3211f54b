package allmende.core.cohort;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Names the meaning of a query: two queries that ask the same in other words have the same bytes, and queries with the same
 * bytes have the same patients over every data. What makes no difference: the order of groups, criteria, codes and
 * filters, anything said twice, texts, pointers, versions and formats, the spelling of numbers, codes of one criterion
 * against the same codes in criteria of their own, and groups that another group makes superfluous ({@code A and (A or B)}
 * is {@code A}). Not seen through: code hierarchies, which are a site's own, and units.
 */
public final class CanonicalQuery {

    /** First byte of every text, to be raised whenever the same query gets other bytes. */
    private static final String FORM = "1";

    private CanonicalQuery() {}

    /** The bytes of the whole question: which patients it selects. */
    public static byte[] of(CohortQuery query) {
        return bytes(text(query));
    }

    /**
     * As {@link #of(CohortQuery)}, on a day. Ages move with the days, so that a question about an age is another one
     * tomorrow, even over the same data.
     */
    public static byte[] of(CohortQuery query, LocalDate today) {
        return bytes(text(query) + (asksAge(query) ? "@" + today : ""));
    }

    /** The bytes of a single criterion, as a question for the patients that it matches. */
    public static byte[] of(Criterion criterion) {
        return of(new CohortQuery(List.of(List.of(criterion)), List.of()));
    }

    /**
     * The bytes of the question together with the order of its groups and criteria: what a funnel shows. Two funnels with
     * the same bytes show the same numbers in the same places; of two questions that differ in order alone, each funnel
     * tells numbers that the other does not.
     */
    public static byte[] stepwise(CohortQuery query) {
        return bytes(FORM + "steps" + ordered(query.inclusion()) + "-" + ordered(query.exclusion()));
    }

    /** Whether the answer depends on the day on which it is asked. */
    public static boolean asksAge(CohortQuery query) {
        return Stream.of(query.inclusion(), query.exclusion())
                .flatMap(List::stream)
                .flatMap(List::stream)
                .anyMatch(CanonicalCriterion::asksAge);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(CohortQuery query) {
        return FORM + inclusion(query.inclusion()) + "-" + exclusion(query.exclusion());
    }

    private static String ordered(List<List<Criterion>> groups) {
        return groups.stream()
                .map(group -> group.stream().map(CanonicalCriterion::text).collect(Collectors.joining(",", "[", "]")))
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static String text(Collection<Literals> groups) {
        return groups.stream().map(Literals::text).sorted().collect(Collectors.joining(",", "[", "]"));
    }

    /** An AND of ORs; an OR of criteria is an OR over their codes, one by one. */
    private static String inclusion(List<List<Criterion>> groups) {
        return text(minimal(groups.stream().map(Literals::anyOf).collect(Collectors.toSet())));
    }

    /**
     * An OR of ANDs. Groups of one criterion are, all together, an OR over their codes. A group of several adds nothing to
     * it that contains a criterion which that OR covers.
     */
    private static String exclusion(List<List<Criterion>> groups) {
        List<Criterion> alone = new ArrayList<>();
        Set<Literals> several = new HashSet<>();
        for (List<Criterion> group : groups) {
            Literals all = Literals.allOf(group);
            if (all.size() == 1) {
                alone.add(group.getFirst());
            } else {
                several.add(all);
            }
        }
        Literals any = Literals.anyOf(alone);
        Set<Literals> uncovered = new HashSet<>();
        for (List<Criterion> group : groups) {
            Literals all = Literals.allOf(group);
            boolean covered = group.stream().anyMatch(criterion -> any.contains(Literals.anyOf(List.of(criterion))));
            if (several.contains(all) && !covered) {
                uncovered.add(all);
            }
        }
        return any.text() + text(minimal(uncovered));
    }

    /**
     * Without the groups that contain another one. If all of H stands in G, then an OR over H implies the one over G, so
     * that G adds nothing to an AND of both; and an AND over G implies the one over H, so that G adds nothing to an OR.
     */
    private static List<Literals> minimal(Set<Literals> groups) {
        return groups.stream()
                .filter(group -> groups.stream().noneMatch(other -> !other.equals(group) && group.contains(other)))
                .toList();
    }
}
