package allmende.core.cohort;

import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A set of conditions, each a code together with what else is asked of it. Conditions that differ in their code alone are
 * kept together, since a criterion may have thousands of codes.
 *
 * @param codes by what else is asked
 */
record Literals(SortedMap<String, SortedSet<String>> codes) {

    /** Stands for the codes of a criterion that can't be taken apart; they are part of what else is asked. */
    private static final String WHOLE = "";

    /** Conditions of which any holds if and only if any of the criteria does. */
    static Literals anyOf(List<Criterion> criteria) {
        SortedMap<String, SortedSet<String>> codes = new TreeMap<>();
        for (Criterion criterion : criteria) {
            if (CanonicalCriterion.divisible(criterion)) {
                codes.computeIfAbsent(CanonicalCriterion.rest(criterion), _ -> new TreeSet<>())
                        .addAll(CanonicalCriterion.codes(criterion));
            } else {
                whole(criterion, codes);
            }
        }
        return new Literals(codes);
    }

    /** The criteria themselves, without repetitions. */
    static Literals allOf(List<Criterion> criteria) {
        SortedMap<String, SortedSet<String>> codes = new TreeMap<>();
        criteria.forEach(criterion -> whole(criterion, codes));
        return new Literals(codes);
    }

    private static void whole(Criterion criterion, SortedMap<String, SortedSet<String>> codes) {
        codes.computeIfAbsent(CanonicalCriterion.text(criterion), _ -> new TreeSet<>())
                .add(WHOLE);
    }

    int size() {
        return codes.size();
    }

    /** Whether every condition of the other set is one of this. */
    boolean contains(Literals other) {
        return other.codes.entrySet().stream().allMatch(entry -> {
            SortedSet<String> mine = codes.get(entry.getKey());
            return mine != null && mine.containsAll(entry.getValue());
        });
    }

    /** Differs for different sets. */
    String text() {
        return codes.entrySet().stream()
                .map(entry -> entry.getKey() + entry.getValue().stream().collect(Collectors.joining(",", "<", ">")))
                .collect(Collectors.joining(";", "{", "}"));
    }
}
