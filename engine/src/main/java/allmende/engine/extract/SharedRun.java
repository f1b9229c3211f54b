package allmende.engine.extract;

import allmende.core.extraction.ExclusionRule;
import allmende.core.extraction.ExtractPlan;
import allmende.core.extraction.Extracted;
import allmende.core.extraction.GroupPlan;
import allmende.core.extraction.LinkGraph;
import allmende.core.fhir.FhirJson;
import allmende.core.fhir.PatientCompartment;
import allmende.core.fhir.ResourceKey;
import allmende.engine.store.BulkRead;
import allmende.engine.store.BulkRead.Owned;
import allmende.engine.store.BulkRead.Selection;
import allmende.engine.store.BulkRead.Stretch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Resources of no patient, such as Medication: those that groups ask for on their own, and those that patients' resources
 * lead to. They come once. Their keys are in memory, some 200 bytes each; their content is not.
 */
final class SharedRun {

    private static final int STRETCH = 5_000;
    private static final int CHUNK = 500;

    private final ExtractPlan plan;
    private final ExtractRequest request;
    private final BulkRead bulk;
    private final SharedPool pool;
    private final Addresses addresses;

    SharedRun(ExtractPlan plan, ExtractRequest request, BulkRead bulk, SharedPool pool, Addresses addresses) {
        this.plan = plan;
        this.request = request;
        this.bulk = bulk;
        this.pool = pool;
        this.addresses = addresses;
    }

    /**
     * Those that groups ask for on their own, and what they lead to.
     *
     * @throws ExtractFailed where a group must have something and has nothing: it would be missing for every patient
     */
    Map<ResourceKey, Set<Integer>> direct() throws IOException {
        Map<ResourceKey, Set<Integer>> roots = new HashMap<>();
        for (String type : plan.types()) {
            Set<Integer> wanted = new HashSet<>();
            plan.of(type).stream()
                    .filter(group -> !group.referenceOnly() && !PatientCompartment.mayOwn(type))
                    .forEach(group -> wanted.add(group.index()));
            if (!wanted.isEmpty()) {
                scan(type, wanted, roots);
            }
        }
        Map<ResourceKey, Set<Integer>> living = living(roots);
        for (GroupPlan group : plan.groups()) {
            if (group.hasMust()
                    && !group.referenceOnly()
                    && !PatientCompartment.mayOwn(group.type())
                    && living.values().stream().noneMatch(groups -> groups.contains(group.index()))) {
                throw new ExtractFailed("The group " + group.id() + " asks for fields that must be there, and no "
                        + group.type() + " here has them.");
            }
        }
        return living;
    }

    private void scan(String type, Set<Integer> wanted, Map<ResourceKey, Set<Integer>> roots) throws IOException {
        Selection selection = new Selection(request.t(), 0, false, null);
        for (Stretch stretch : bulk.stretches(type, STRETCH)) {
            bulk.read(stretch, selection, (version, at, body) -> {
                JsonNode tree = FhirJson.parse(body);
                Set<Integer> groups = new TreeSet<>(pool.entry(type, tree).groups());
                groups.retainAll(wanted);
                if (!groups.isEmpty()) {
                    roots.put(new ResourceKey(type, tree.path("id").asString("")), groups);
                }
            });
        }
    }

    private Map<ResourceKey, Set<Integer>> living(Map<ResourceKey, Set<Integer>> roots) {
        Map<ResourceKey, SharedPool.Entry> found = pool.load(roots.keySet());
        LinkGraph graph = new LinkGraph();
        Map<ResourceKey, Map<Integer, Integer>> nodes = new HashMap<>();
        found.forEach((key, entry) -> {
            Map<Integer, Integer> own = new HashMap<>();
            Set<Integer> direct = roots.getOrDefault(key, Set.of());
            entry.groups().forEach(group -> own.put(group, graph.add(direct.contains(group))));
            nodes.put(key, own);
        });
        Links.linkShared(found, nodes, plan, graph);
        LinkGraph.Fate[] fates = graph.solve();
        Map<ResourceKey, Set<Integer>> living = new HashMap<>();
        nodes.forEach((key, own) -> own.forEach((group, node) -> {
            if (fates[node] == LinkGraph.Fate.LIVES) {
                living.computeIfAbsent(key, each -> new TreeSet<>()).add(group);
            }
        }));
        return living;
    }

    /** Hands over what lives. */
    void deliver(Map<ResourceKey, Set<Integer>> living, BatchSink sink, Tally tally) throws IOException {
        List<ResourceKey> keys = new ArrayList<>(living.keySet());
        keys.sort(Comparator.comparing(ResourceKey::type).thenComparing(ResourceKey::id));
        for (int from = 0; from < keys.size(); from += CHUNK) {
            List<ResourceKey> chunk = keys.subList(from, Math.min(from + CHUNK, keys.size()));
            Map<ResourceKey, byte[]> bodies = new HashMap<>();
            for (Owned owned : bulk.all(chunk, request.t())) {
                bodies.put(owned.key(), owned.body());
            }
            tally.read(bodies.size());
            List<Set<Integer>> groups = new ArrayList<>();
            List<ObjectNode> reduced = new ArrayList<>();
            for (ResourceKey key : chunk) {
                byte[] body = bodies.get(key);
                if (body != null) {
                    Set<Integer> of = living.getOrDefault(key, Set.of());
                    groups.add(of);
                    reduced.add(reduce((ObjectNode) FhirJson.parse(body), of, living));
                }
            }
            sink.shared(extracted(reduced, groups, tally));
        }
    }

    private ObjectNode reduce(ObjectNode tree, Set<Integer> of, Map<ResourceKey, Set<Integer>> living) {
        Map<String, String> allowed = new HashMap<>();
        for (int index : of) {
            GroupPlan group = plan.groups().get(index);
            group.links(tree, (field, literal) -> {
                ResourceKey target = addresses.key(literal);
                Set<Integer> there = target == null ? Set.of() : living.getOrDefault(target, Set.of());
                if (target != null && group.targets(field).stream().anyMatch(there::contains)) {
                    allowed.put(literal, target.toString());
                }
            });
        }
        return plan.redact(tree, of, literal -> rule(literal, allowed), List.of());
    }

    private static @Nullable String rule(String literal, Map<String, String> allowed) {
        return allowed.get(literal);
    }

    private List<Extracted> extracted(List<ObjectNode> reduced, List<Set<Integer>> groups, Tally tally) {
        List<ObjectNode> after = request.deidentification().apply(null, reduced);
        List<Extracted> extracted = new ArrayList<>(after.size());
        for (int i = 0; i < after.size(); i++) {
            if (after.get(i).isEmpty()) {
                String type = reduced.get(i).path("resourceType").asString("");
                tally.resource(
                        "",
                        new ResourceKey(type, reduced.get(i).path("id").asString("")),
                        ExclusionRule.NOTHING_KEPT.stage(),
                        ExclusionRule.NOTHING_KEPT.code(),
                        type);
            } else {
                extracted.add(BatchRun.hand(after.get(i), groups.get(i), plan, tally));
            }
        }
        return extracted;
    }
}
