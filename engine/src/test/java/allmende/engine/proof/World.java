package allmende.engine.proof;

import allmende.core.cohort.Catalogue;
import allmende.core.cohort.CohortQuery;
import allmende.core.cohort.ContextDefinition;
import allmende.core.fhir.Coding;
import allmende.core.fhir.ResourceKey;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A small hospital and questions to it.
 *
 * @param transactions what is written, in order
 * @param queries what is asked after each of them
 */
record World(List<List<Write>> transactions, List<CohortQuery> queries, LocalDate today) {

    /** Contexts that one world is about: few, so that resources and criteria meet. */
    private static final int CONTEXTS = 2;

    private static final int QUERIES = 6;

    private static final List<LocalDate> DAYS = List.of(
            LocalDate.of(2020, 2, 29),
            LocalDate.of(2021, 2, 28),
            LocalDate.of(2020, 3, 1),
            LocalDate.of(2021, 3, 1),
            LocalDate.of(2019, 12, 31),
            LocalDate.of(2026, 6, 15));

    /** One write; {@code body} is null where the resource is deleted. */
    record Write(ResourceKey key, ObjectNode body) {
        @Override
        public String toString() {
            return body == null ? "DELETE " + key : body.toString();
        }
    }

    static World draw(Random random, Catalogue catalogue) {
        Chance chance = new Chance(random);
        List<ContextDefinition> all = List.copyOf(catalogue.contexts().values());
        List<ContextDefinition> contexts = new ArrayList<>(chance.shuffled(all).subList(0, CONTEXTS));
        contexts.add(chance.of(catalogue.ofType("Patient")));
        for (ContextDefinition context : List.copyOf(contexts)) {
            context.attributes().stream()
                    .flatMap(attribute -> attribute.targets().stream())
                    .forEach(target -> contexts.add(catalogue.context(target).orElseThrow()));
        }
        List<List<Write>> transactions = new ArrayList<>();
        SampleResources resources = new SampleResources(chance, catalogue);
        transactions.add(patients(chance, catalogue, resources));
        transactions.addAll(chance.some(1, 4, () -> transaction(chance, contexts, resources)));
        SampleQueries queries = new SampleQueries(chance, catalogue, contexts, codings(transactions));
        return new World(transactions, chance.some(QUERIES, QUERIES, queries::draw), chance.of(DAYS));
    }

    /** What the resources of each type say in codes, and what stands above that. */
    private static Map<String, List<Coding>> codings(List<List<Write>> transactions) {
        Map<String, List<Coding>> codings = new HashMap<>();
        transactions.stream()
                .flatMap(List::stream)
                .filter(write -> write.body() != null)
                .forEach(write -> collect(
                        write.body(), codings.computeIfAbsent(write.key().type(), any -> new ArrayList<>())));
        return codings;
    }

    private static void collect(JsonNode node, List<Coding> into) {
        if (node.path("system").isString() && node.path("code").isString()) {
            Coding coding =
                    new Coding(node.get("system").asString(), node.get("code").asString());
            into.add(coding);
            into.addAll(SampleCodes.above(coding));
        }
        node.valueStream().filter(JsonNode::isContainer).forEach(child -> collect(child, into));
    }

    private static List<Write> patients(Chance chance, Catalogue catalogue, SampleResources resources) {
        ContextDefinition context = chance.of(catalogue.ofType("Patient"));
        return chance.some(4, 8, () -> put(resources.draw(context)));
    }

    private static List<Write> transaction(Chance chance, List<ContextDefinition> contexts, SampleResources resources) {
        List<Write> writes = new ArrayList<>(chance.some(8, 24, () -> put(resources.draw(chance.of(contexts)))));
        boolean prescribes =
                contexts.stream().anyMatch(context -> context.resourceType().startsWith("Medication"));
        if (prescribes) {
            writes.addAll(chance.some(0, 6, () -> put(resources.medication(resources.id()))));
        }
        List<ResourceKey> keys = writes.stream().map(Write::key).toList();
        writes.addAll(chance.some(
                0,
                2,
                () -> new Write(
                        chance.percent(20) ? new ResourceKey("Patient", resources.patientId()) : chance.of(keys),
                        null)));
        return chance.shuffled(writes);
    }

    private static Write put(ObjectNode body) {
        return new Write(
                new ResourceKey(
                        body.get("resourceType").asString(), body.get("id").asString()),
                body);
    }

    /** The resources that are there after so many transactions. */
    Collection<ObjectNode> after(int count) {
        Map<ResourceKey, ObjectNode> now = new LinkedHashMap<>();
        transactions.subList(0, count).stream().flatMap(List::stream).forEach(write -> {
            if (write.body() == null) {
                now.remove(write.key());
            } else {
                now.put(write.key(), write.body());
            }
        });
        return now.values();
    }

    /** A transaction that deletes all that is there in the end. */
    List<Write> clearing() {
        return transactions.stream()
                .flatMap(List::stream)
                .map(Write::key)
                .distinct()
                .map(key -> new Write(key, null))
                .toList();
    }

    @Override
    public String toString() {
        return transactions.size() + " transactions, " + queries.size() + " queries, today " + today;
    }

    /** All of it. */
    String describe() {
        return "today " + today + "\n"
                + transactions.stream()
                        .map(writes ->
                                writes.stream().map(Write::toString).collect(Collectors.joining("\n  ", "t\n  ", "")))
                        .collect(Collectors.joining("\n"))
                + "\n"
                + queries.stream().map(CohortQuery::toString).collect(Collectors.joining("\n"));
    }
}
