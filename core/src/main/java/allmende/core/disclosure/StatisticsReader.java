package allmende.core.disclosure;

import allmende.core.disclosure.PublishedStatistics.Concept;
import allmende.core.disclosure.PublishedStatistics.Context;
import allmende.core.disclosure.PublishedStatistics.Histogram;
import allmende.core.disclosure.PublishedStatistics.Pair;
import allmende.core.disclosure.PublishedStatistics.Term;
import allmende.core.disclosure.PublishedStatistics.Terms;
import allmende.core.disclosure.PublishedStatistics.Years;
import allmende.core.fhir.Coding;
import java.time.DateTimeException;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads published statistics. What a site sends is not trusted: numbers have bounds, lists and texts have lengths. */
final class StatisticsReader {

    private static final long MOST = 1_000_000_000L;
    private static final int MOST_CONCEPTS = 300_000;
    private static final int MOST_ITEMS = 100_000;
    private static final int LONGEST_TEXT = 1_000;
    private static final int LAST_YEAR = 2200;
    private static final double MOST_EPSILON = 1_000_000;

    private final List<String> systems = new ArrayList<>();

    static PublishedStatistics read(Fields json) {
        return new StatisticsReader().statistics(json);
    }

    private PublishedStatistics statistics(Fields json) {
        json.at("version").whole(1, 1);
        items(json.at("systems"), MOST_ITEMS).forEach(item -> systems.add(text(item)));
        Map<String, Context> contexts = new LinkedHashMap<>();
        for (String name : ordered(json.at("contexts"))) {
            contexts.put(name, context(json.at("contexts").at(name)));
        }
        List<Term> terms = items(json.at("terms"), MOST_ITEMS).stream()
                .map(item -> {
                    List<Fields> parts = parts(item, 3);
                    return new Term(text(parts.get(0)), coding(parts.get(1), parts.get(2)));
                })
                .toList();
        List<Pair> together = items(json.at("together"), MOST_CONCEPTS).stream()
                .map(item -> pair(item, terms))
                .toList();
        Set<String> features = new LinkedHashSet<>();
        items(json.at("features"), MOST_ITEMS).forEach(item -> features.add(text(item)));
        Map<String, String> terminologies = new LinkedHashMap<>();
        for (String uri : ordered(json.at("terminologies"))) {
            terminologies.put(uri, text(json.at("terminologies").at(uri)));
        }
        return new PublishedStatistics(
                period(json.at("period")),
                json.at("patients").whole(0, MOST),
                strata(json),
                contexts,
                together,
                features,
                terminologies,
                terms(json.at("cost")));
    }

    private static List<String> ordered(Fields object) {
        return object.names().isEmpty() || object.node() == null
                ? List.of()
                : List.copyOf(object.node().propertyNames());
    }

    private static YearMonth period(Fields field) {
        try {
            return YearMonth.parse(field.text());
        } catch (DateTimeException noMonth) {
            field.problem("This must be a month such as 2026-01.");
            return YearMonth.of(1970, 1);
        }
    }

    private static Terms terms(Fields json) {
        return new Terms(
                json.at("epsilon").number(0, MOST_EPSILON),
                json.at("capacity").number(0, MOST_EPSILON),
                (int) json.at("refillDays").whole(1, MOST_ITEMS),
                json.at("minimum").whole(1, MOST));
    }

    private Context context(Fields json) {
        Map<Coding, Concept> concepts = new LinkedHashMap<>();
        for (Fields item : items(json.at("concepts"), MOST_CONCEPTS)) {
            concepts.put(coding(item.at("s"), item.at("c")), concept(item));
        }
        return new Context(json.at("n").whole(0, MOST), concepts);
    }

    private Concept concept(Fields json) {
        Map<Coding, Long> coded = new LinkedHashMap<>();
        for (Fields item : items(json.at("v"), MOST_ITEMS)) {
            List<Fields> parts = parts(item, 3);
            coded.put(coding(parts.get(0), parts.get(1)), parts.get(2).whole(0, MOST));
        }
        return new Concept(
                json.at("n").whole(0, MOST),
                json.at("d").present() ? text(json.at("d")) : null,
                strata(json),
                years(json.at("y")),
                items(json.at("h"), MOST_ITEMS).stream()
                        .map(StatisticsReader::histogram)
                        .toList(),
                coded);
    }

    private static Years years(Fields list) {
        List<Fields> items = items(list, LAST_YEAR);
        if (items.isEmpty()) {
            return Years.NONE;
        }
        int from = (int) items.getFirst().whole(1, LAST_YEAR);
        return new Years(
                from,
                items.subList(1, items.size()).stream()
                        .map(item -> (int) item.whole(0, MOST))
                        .toList());
    }

    private static Histogram histogram(Fields json) {
        List<Double> bounds = items(json.at("b"), MOST_ITEMS).stream()
                .map(item -> item.number(-Double.MAX_VALUE, Double.MAX_VALUE))
                .toList();
        List<Integer> any = numbers(json.at("n"));
        List<Integer> highest = numbers(json.at("hi"));
        List<Integer> lowest = numbers(json.at("lo"));
        boolean ascending = true;
        for (int i = 1; i < bounds.size(); i++) {
            ascending &= bounds.get(i - 1) < bounds.get(i);
        }
        if (!ascending
                || bounds.size() != any.size() + 1
                || highest.size() != any.size()
                || lowest.size() != any.size()) {
            json.problem("A histogram has ascending bounds, one more than each of its lists of numbers.");
            return new Histogram("", List.of(0.0), List.of(), List.of(), List.of());
        }
        return new Histogram(text(json.at("u")), bounds, any, highest, lowest);
    }

    private static List<Integer> numbers(Fields list) {
        return items(list, MOST_ITEMS).stream()
                .map(item -> (int) item.whole(0, MOST))
                .toList();
    }

    private static Strata strata(Fields json) {
        int[] patients = new int[Strata.SIZE];
        List<Fields> cells = items(json.at("a"), Strata.SIZE);
        for (int i = 0; i < cells.size(); i++) {
            patients[i] = (int) cells.get(i).whole(0, MOST);
        }
        return Strata.of(patients);
    }

    private Coding coding(Fields system, Fields code) {
        long position = system.whole(0, Math.max(0, systems.size() - 1));
        return new Coding(systems.isEmpty() ? "" : systems.get((int) position), text(code));
    }

    private static Pair pair(Fields item, List<Term> terms) {
        List<Fields> parts = parts(item, 3);
        Term none = new Term("", new Coding("", ""));
        int last = Math.max(0, terms.size() - 1);
        int first = (int) parts.get(0).whole(0, last);
        int second = (int) parts.get(1).whole(0, last);
        return new Pair(
                terms.isEmpty() ? none : terms.get(first),
                terms.isEmpty() ? none : terms.get(second),
                parts.get(2).whole(0, MOST));
    }

    private static List<Fields> parts(Fields item, int size) {
        List<Fields> parts = item.items();
        if (parts.size() == size) {
            return parts;
        }
        item.problem("This must be an array of " + size + ".");
        return java.util.Collections.nCopies(size, new Fields(null, item.pointer(), item.problems()));
    }

    private static List<Fields> items(Fields list, int most) {
        List<Fields> items = list.items();
        if (items.size() > most) {
            list.problem("At most " + most + " items are read.");
            return List.of();
        }
        return items;
    }

    private static String text(Fields field) {
        String text = field.text();
        if (text.length() > LONGEST_TEXT) {
            field.problem("At most " + LONGEST_TEXT + " characters are read.");
            return "";
        }
        return text;
    }
}
