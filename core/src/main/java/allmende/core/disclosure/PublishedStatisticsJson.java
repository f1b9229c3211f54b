package allmende.core.disclosure;

import allmende.core.disclosure.PublishedStatistics.Concept;
import allmende.core.disclosure.PublishedStatistics.Histogram;
import allmende.core.disclosure.PublishedStatistics.Pair;
import allmende.core.disclosure.PublishedStatistics.Term;
import allmende.core.disclosure.PublishedStatistics.Terms;
import allmende.core.disclosure.PublishedStatistics.Years;
import allmende.core.fhir.Coding;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Published statistics as compact JSON: systems and paired terms are listed once and named by their position; empty parts
 * are left out. docs/implementation/disclosure.md explains the short keys.
 */
public final class PublishedStatisticsJson {

    private final Map<String, Integer> systems = new LinkedHashMap<>();

    private PublishedStatisticsJson() {}

    /** Writes statistics. */
    public static ObjectNode write(PublishedStatistics statistics) {
        return new PublishedStatisticsJson().whole(statistics);
    }

    /** Reads statistics that came from a site: whatever is none is refused, with where and why. */
    public static RulesRead<PublishedStatistics> read(JsonNode json) {
        return Fields.read(json, StatisticsReader::read);
    }

    private ObjectNode whole(PublishedStatistics statistics) {
        ObjectNode json = Fields.object();
        json.put("version", 1);
        json.put("period", statistics.period().toString());
        json.put("patients", statistics.patients());
        strata(statistics.strata(), json);
        ObjectNode contexts = Fields.object();
        statistics.contexts().forEach((name, context) -> {
            ObjectNode item = contexts.putObject(name);
            item.put("n", context.patients());
            ArrayNode concepts = item.putArray("concepts");
            context.concepts().forEach((coding, concept) -> concept(coding, concept, concepts.addObject()));
        });
        ArrayNode terms = json.arrayNode();
        ArrayNode pairs = json.arrayNode();
        together(statistics.together(), terms, pairs);
        ArrayNode uris = json.putArray("systems");
        systems.keySet().forEach(uris::add);
        json.set("contexts", contexts);
        json.set("terms", terms);
        json.set("together", pairs);
        ArrayNode features = json.putArray("features");
        statistics.features().forEach(features::add);
        ObjectNode terminologies = json.putObject("terminologies");
        statistics.terminologies().forEach(terminologies::put);
        Terms cost = statistics.terms();
        json.putObject("cost")
                .put("epsilon", cost.epsilon())
                .put("capacity", cost.capacity())
                .put("refillDays", cost.refillDays())
                .put("minimum", cost.minimum());
        return json;
    }

    private int system(String uri) {
        Integer known = systems.putIfAbsent(uri, systems.size());
        return known == null ? systems.size() - 1 : known;
    }

    private void concept(Coding coding, Concept concept, ObjectNode json) {
        json.put("s", system(coding.system()));
        json.put("c", coding.code());
        json.put("n", concept.patients());
        String display = concept.display();
        if (display != null) {
            json.put("d", display);
        }
        strata(concept.strata(), json);
        Years years = concept.years();
        if (!years.patients().isEmpty()) {
            ArrayNode list = json.putArray("y").add(years.from());
            years.patients().forEach(list::add);
        }
        if (!concept.histograms().isEmpty()) {
            ArrayNode list = json.putArray("h");
            concept.histograms().forEach(histogram -> histogram(histogram, list.addObject()));
        }
        if (!concept.coded().isEmpty()) {
            ArrayNode list = json.putArray("v");
            concept.coded().forEach((value, patients) -> list.addArray()
                    .add(system(value.system()))
                    .add(value.code())
                    .add(patients));
        }
    }

    private static void histogram(Histogram histogram, ObjectNode json) {
        json.put("u", histogram.unit());
        ArrayNode bounds = json.putArray("b");
        histogram.bounds().forEach(bounds::add);
        numbers(histogram.patients(), json.putArray("n"));
        numbers(histogram.highest(), json.putArray("hi"));
        numbers(histogram.lowest(), json.putArray("lo"));
    }

    private static void numbers(List<Integer> numbers, ArrayNode json) {
        numbers.forEach(json::add);
    }

    /** Trailing zeros are left out: the third sex is rare. */
    private static void strata(Strata strata, ObjectNode json) {
        if (!strata.equals(Strata.NONE)) {
            ArrayNode list = json.putArray("a");
            int last = Strata.SIZE - 1;
            while (strata.patients(last) == 0) {
                last--;
            }
            for (int cell = 0; cell <= last; cell++) {
                list.add(strata.patients(cell));
            }
        }
    }

    private void together(List<Pair> pairs, ArrayNode terms, ArrayNode json) {
        Map<Term, Integer> positions = new LinkedHashMap<>();
        for (Pair pair : pairs) {
            for (Term term : List.of(pair.first(), pair.second())) {
                if (positions.putIfAbsent(term, positions.size()) == null) {
                    terms.addArray()
                            .add(term.context())
                            .add(system(term.coding().system()))
                            .add(term.coding().code());
                }
            }
            json.addArray()
                    .add(positions.get(pair.first()))
                    .add(positions.get(pair.second()))
                    .add(pair.patients());
        }
    }
}
