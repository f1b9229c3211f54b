package allmende.core.extraction;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.node.ObjectNode;

/** An extraction that can be carried out: its groups with what is known of their profiles. Thread-safe. */
public final class ExtractPlan {

    private final List<GroupPlan> groups;
    private final Map<String, List<GroupPlan>> byType = new HashMap<>();
    private final Map<Set<Integer>, Redactor> redactors = new ConcurrentHashMap<>();

    ExtractPlan(List<GroupPlan> groups) {
        this.groups = List.copyOf(groups);
        for (GroupPlan group : groups) {
            byType.computeIfAbsent(group.type(), type -> new ArrayList<>()).add(group);
        }
    }

    /**
     * Plans an extraction.
     *
     * @param elements what is known of profiles
     * @param descendants what lies below the codes of filters
     */
    public static PlanRead read(Extraction extraction, ProfileElements elements, Descendants descendants) {
        return new PlanReader(extraction, elements, descendants).read();
    }

    /** The groups in the order of the document. */
    public List<GroupPlan> groups() {
        return groups;
    }

    /** The one group of the patients themselves. */
    public GroupPlan patient() {
        return byType.getOrDefault("Patient", List.of()).getFirst();
    }

    /** The groups of a resource type. */
    public List<GroupPlan> of(String type) {
        return byType.getOrDefault(type, List.of());
    }

    /** The types of resources that are read. */
    public Set<String> types() {
        return new TreeSet<>(byType.keySet());
    }

    /** Whether any group links to another. */
    public boolean hasLinks() {
        return groups.stream().anyMatch(GroupPlan::hasLinks);
    }

    /**
     * Reduces a resource to what some groups want of it, all together.
     *
     * @param ofGroups indexes of the groups, at least one
     * @param references what stands for a literal reference that may stay; null for one that may not
     * @param contained resources that stay inside, reduced already
     */
    public ObjectNode redact(
            ObjectNode resource, Set<Integer> ofGroups, ReferenceRule references, List<ObjectNode> contained) {
        Redactor redactor = redactors.get(ofGroups);
        if (redactor == null) {
            Set<Integer> key = Set.copyOf(ofGroups);
            redactor = redactors.computeIfAbsent(
                    key,
                    indexes -> new Redactor(
                            new TreeSet<>(indexes).stream().map(groups::get).toList()));
        }
        return redactor.redact(resource, references, contained);
    }
}
