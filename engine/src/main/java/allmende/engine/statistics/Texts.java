package allmende.engine.statistics;

import allmende.core.disclosure.RawStatistics;
import allmende.core.fhir.Coding;
import allmende.core.fhir.FhirJson;
import allmende.core.terminology.Terminology;
import allmende.engine.index.ConceptRows;
import allmende.engine.index.ConceptRows.Sample;
import allmende.engine.store.Store;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Finds texts for concepts whose terminology has none, in the site's own data. A text counts only if two resources have the
 * same one, so that what somebody once typed in its place does not leave the site.
 */
final class Texts {

    private static final int PAGE = 500;
    private static final int LONGEST = 200;

    private final Store store;
    private final Terminology terminology;

    Texts(Store store, Terminology terminology) {
        this.store = store;
        this.terminology = terminology;
    }

    Map<String, RawStatistics.Context> added(Map<String, RawStatistics.Context> contexts, ConceptRows rows) {
        List<Sample> samples = rows.samples().stream()
                .filter(sample -> wanted(sample, contexts))
                .toList();
        Map<String, Map<Coding, String>> texts = new HashMap<>();
        for (int from = 0; from < samples.size(); from += PAGE) {
            page(samples.subList(from, Math.min(from + PAGE, samples.size())), rows, texts);
        }
        Map<String, RawStatistics.Context> added = new LinkedHashMap<>();
        contexts.forEach((name, context) -> {
            Map<Coding, RawStatistics.Concept> concepts = new LinkedHashMap<>(context.concepts());
            texts.getOrDefault(name, Map.of())
                    .forEach((coding, text) ->
                            concepts.computeIfPresent(coding, (_, concept) -> concept.withDisplay(text)));
            added.put(name, new RawStatistics.Context(context.patients(), concepts));
        });
        return added;
    }

    private boolean wanted(Sample sample, Map<String, RawStatistics.Context> contexts) {
        RawStatistics.Context context = contexts.get(sample.context());
        return context != null
                && context.concepts().containsKey(sample.coding())
                && sample.first() != sample.last()
                && terminology.display(sample.coding()).isEmpty();
    }

    private void page(List<Sample> samples, ConceptRows rows, Map<String, Map<Coding, String>> texts) {
        Set<Long> numbers = new HashSet<>();
        samples.forEach(sample -> numbers.addAll(List.of(sample.first(), sample.last())));
        Map<Long, Long> origins = rows.origins(numbers);
        numbers.addAll(origins.values());
        Map<Long, JsonNode> resources = new HashMap<>();
        store.bodies(numbers).forEach((number, body) -> resources.put(number, FhirJson.parse(body)));
        for (Sample sample : samples) {
            String first = text(sample.first(), sample.coding(), resources, origins);
            String last = text(sample.last(), sample.coding(), resources, origins);
            if (first != null && first.equals(last) && first.length() <= LONGEST) {
                texts.computeIfAbsent(sample.context(), _ -> new HashMap<>()).put(sample.coding(), first);
            }
        }
    }

    private static @Nullable String text(
            long number, Coding coding, Map<Long, JsonNode> resources, Map<Long, Long> origins) {
        List<Long> places = new ArrayList<>(List.of(number));
        Long origin = origins.get(number);
        if (origin != null) {
            places.add(origin);
        }
        for (long place : places) {
            JsonNode resource = resources.get(place);
            String text = resource == null ? null : find(resource, coding);
            if (text != null) {
                return text;
            }
        }
        return null;
    }

    private static @Nullable String find(JsonNode node, Coding coding) {
        if (node.isObject()
                && node.path("code").asString("").equals(coding.code())
                && Terminology.canonical(node.path("system").asString("")).equals(coding.system())
                && !node.path("display").asString("").isBlank()) {
            return node.path("display").asString("").strip();
        }
        for (JsonNode part : node) {
            String text = part.isContainer() ? find(part, coding) : null;
            if (text != null) {
                return text;
            }
        }
        return null;
    }
}
