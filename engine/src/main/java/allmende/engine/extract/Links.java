package allmende.engine.extract;

import allmende.core.extraction.ExtractPlan;
import allmende.core.extraction.GroupPlan;
import allmende.core.extraction.LinkGraph;
import allmende.core.extraction.LinkGraph.Fate;
import allmende.core.fhir.PatientCompartment;
import allmende.core.fhir.Reference;
import allmende.core.fhir.ResourceKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The links among what a patient has, and from there to resources of no patient. References may be relative, absolute to
 * this site, to a contained resource, or {@code urn:uuid:} of a resource that has this id. What belongs to another patient
 * is never reached.
 */
final class Links {

    private static final String URN = "urn:uuid:";
    private static final int NO_MUST = -1;

    private final ExtractPlan plan;
    private final SharedPool shared;
    private final Addresses addresses;
    private final String patient;
    private final boolean any;
    private final LinkGraph graph = new LinkGraph();
    private final List<Pending> pending = new ArrayList<>();
    private final Map<ResourceKey, Map<Integer, Integer>> sharedNodes = new HashMap<>();
    private Map<ResourceKey, Set<Integer>> sharedLiving = Map.of();

    /** A reference that was met: from whom, as a member of which group, by which field, and the slot that it may fill. */
    private record Pending(Item item, int node, GroupPlan group, int field, String literal, int must) {}

    Links(ExtractPlan plan, SharedPool shared, Addresses addresses, String patient) {
        this.plan = plan;
        this.shared = shared;
        this.addresses = addresses;
        this.patient = patient;
        this.any = plan.hasLinks();
    }

    /** Takes a resource as a member of a group. */
    void add(Item item, GroupPlan group, JsonNode tree) {
        boolean wanted = !group.referenceOnly() && !item.isContained() && PatientCompartment.mayOwn(group.type());
        int node = graph.add(wanted);
        item.nodes().put(group.index(), node);
        if (!group.hasLinks()) {
            return;
        }
        Map<Integer, Integer> must = new HashMap<>();
        group.mustLinks().forEach(field -> must.put(field, graph.must(node)));
        group.links(
                tree,
                (field, literal) ->
                        pending.add(new Pending(item, node, group, field, literal, must.getOrDefault(field, NO_MUST))));
    }

    /** Decides who is handed out. */
    Fate[] solve(List<Item> items) {
        if (any) {
            Map<ResourceKey, Item> byKey = HashMap.newHashMap(items.size());
            Map<String, Item> byId = new HashMap<>();
            items.forEach(item -> {
                byKey.put(item.key(), item);
                byId.put(item.key().id(), item);
            });
            connect(byKey, byId);
        }
        Fate[] fates = graph.solve();
        Map<ResourceKey, Set<Integer>> living = new HashMap<>();
        sharedNodes.forEach((key, nodes) -> nodes.forEach((group, node) -> {
            if (fates[node] == Fate.LIVES) {
                living.computeIfAbsent(key, each -> new TreeSet<>()).add(group);
            }
        }));
        sharedLiving = living;
        return fates;
    }

    private void connect(Map<ResourceKey, Item> byKey, Map<String, Item> byId) {
        Set<ResourceKey> elsewhere = new LinkedHashSet<>();
        // contained resources are found while walking and bring links of their own
        for (int i = 0; i < pending.size(); i++) {
            Pending link = pending.get(i);
            Item target = own(link, byKey, byId);
            if (target != null) {
                join(link, target);
            } else {
                ResourceKey key = addresses.key(link.literal());
                if (key != null && !byKey.containsKey(key) && !key.type().equals("Patient")) {
                    elsewhere.add(key);
                }
            }
        }
        if (!elsewhere.isEmpty()) {
            Map<ResourceKey, SharedPool.Entry> found = shared.load(elsewhere);
            addShared(found);
            pending.forEach(link -> toShared(link, found));
        }
    }

    private @Nullable Item own(Pending link, Map<ResourceKey, Item> byKey, Map<String, Item> byId) {
        ResourceKey key = addresses.key(link.literal());
        if (key != null) {
            return byKey.get(key);
        }
        return switch (Reference.parse(link.literal())) {
            case Reference.Contained(String id) -> contained(link.item(), id);
            case Reference.Bundle(String urn) -> urn.startsWith(URN) ? byId.get(urn.substring(URN.length())) : null;
            case Reference.Relative _, Reference.Absolute _, Reference.Conditional _, Reference.Unintelligible _ ->
                null;
        };
    }

    /** The contained resource of this id, taken as a member of the groups of its type; null where there is none. */
    private @Nullable Item contained(Item from, String id) {
        // contained resources refer to each other as their container does
        Item container = from.root();
        for (Item known : container.contained()) {
            if (known.key().id().equals(id)) {
                return known;
            }
        }
        for (JsonNode each : container.tree().path("contained").values()) {
            if (each instanceof ObjectNode resource
                    && resource.path("id").asString("").equals(id)) {
                String type = resource.path("resourceType").asString("");
                Item item = new Item(new ResourceKey(type, id), resource, container);
                container.contained().add(item);
                boolean claims = !resource.path("meta").path("profile").isEmpty();
                for (GroupPlan group : plan.of(type)) {
                    if (resource.path("modifierExtension").isEmpty()
                            && (!claims || group.claimedBy(resource))
                            && group.refuses(resource) == null) {
                        add(item, group, resource);
                    }
                }
                return item;
            }
        }
        return null;
    }

    private void join(Pending link, Item target) {
        boolean inside = target.isContained();
        for (int group : link.group().targets(link.field())) {
            Integer node = target.nodes().get(group);
            if (node != null) {
                graph.link(link.node(), node, link.must());
                String written = inside ? link.literal() : target.key().toString();
                link.item().targets().add(new Item.Target(link.literal(), written, link.node(), node));
            }
        }
    }

    private void addShared(Map<ResourceKey, SharedPool.Entry> found) {
        found.forEach((key, entry) -> {
            Map<Integer, Integer> nodes = new HashMap<>();
            entry.groups().forEach(group -> nodes.put(group, graph.add(false)));
            sharedNodes.put(key, nodes);
        });
        linkShared(found, sharedNodes, plan, graph);
    }

    /** Adds the links among shared resources. */
    static void linkShared(
            Map<ResourceKey, SharedPool.Entry> found,
            Map<ResourceKey, Map<Integer, Integer>> nodes,
            ExtractPlan plan,
            LinkGraph graph) {
        found.forEach((key, entry) -> nodes.getOrDefault(key, Map.of()).forEach((group, node) -> {
            Map<Integer, Integer> must = new HashMap<>();
            plan.groups().get(group).mustLinks().forEach(field -> must.put(field, graph.must(node)));
            for (SharedPool.Link link : entry.links()) {
                Map<Integer, Integer> targets = nodes.getOrDefault(link.target(), Map.of());
                for (int wanted :
                        link.group() == group ? plan.groups().get(group).targets(link.field()) : List.<Integer>of()) {
                    Integer to = targets.get(wanted);
                    if (to != null) {
                        graph.link(node, to, must.getOrDefault(link.field(), NO_MUST));
                    }
                }
            }
        }));
    }

    private void toShared(Pending link, Map<ResourceKey, SharedPool.Entry> found) {
        ResourceKey key = addresses.key(link.literal());
        if (key == null || !found.containsKey(key)) {
            return;
        }
        Map<Integer, Integer> nodes = sharedNodes.getOrDefault(key, Map.of());
        for (int group : new HashSet<>(link.group().targets(link.field()))) {
            Integer node = nodes.get(group);
            if (node != null) {
                graph.link(link.node(), node, link.must());
                link.item().targets().add(new Item.Target(link.literal(), key.toString(), link.node(), node));
            }
        }
    }

    Map<ResourceKey, Set<Integer>> sharedLiving() {
        return sharedLiving;
    }

    /** The patient is left out, and all that it leads to. */
    void loseShared() {
        sharedLiving = Map.of();
    }

    /** How a reference to the patient is written; null where it is a reference to somebody or something else. */
    @Nullable
    String toPatient(String literal) {
        ResourceKey key = addresses.key(literal);
        if (key != null) {
            return key.type().equals("Patient") && key.id().equals(patient) ? key.toString() : null;
        }
        return literal.equals(URN + patient) ? "Patient/" + patient : null;
    }
}
