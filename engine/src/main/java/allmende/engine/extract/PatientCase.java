package allmende.engine.extract;

import allmende.core.extraction.ConsentCheck;
import allmende.core.extraction.ExclusionRule;
import allmende.core.extraction.ExclusionStage;
import allmende.core.extraction.ExtractPlan;
import allmende.core.extraction.GroupPlan;
import allmende.core.extraction.LinkGraph.Fate;
import allmende.core.fhir.PatientCompartment;
import allmende.core.fhir.ResourceKey;
import allmende.engine.store.BulkRead.Owned;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Decides on one patient: consent, selection, links, reduction. For one use, by one thread. */
final class PatientCase {

    /** Most resources of which all trees are in memory at once; one takes some 10 kB. */
    private static final int TREES_MAX = 2_000;

    private static final String PATIENT = "Patient";

    private final ExtractPlan plan;
    private final ConsentCheck consent;
    private final Links links;
    private final String patient;
    private final Tally tally;
    private final Map<Item, Refused> refused = new HashMap<>();

    /** What comes nearest to a group taking the resource. */
    private record Refused(ExclusionRule rule, String subject) {}

    /** A resource that is handed out, and for which groups. */
    record Kept(ObjectNode resource, Set<Integer> groups) {}

    PatientCase(ExtractPlan plan, ConsentCheck consent, SharedPool shared, Addresses addresses, Told told) {
        this.plan = plan;
        this.consent = consent;
        this.patient = told.patient();
        this.tally = told.tally();
        this.links = new Links(plan, shared, addresses, patient);
    }

    /** Whom it is about, and who counts. */
    record Told(String patient, Tally tally) {}

    /** Types that are read beside those of the groups, for consent. */
    static Set<String> consentTypes(ConsentCheck check) {
        return check.equals(ConsentCheck.NONE) ? Set.of() : Set.of("Consent", "Encounter");
    }

    /** What is handed out of the patient, the Patient first; empty for a patient who is left out. */
    List<Kept> decide(List<Owned> owned) {
        List<Item> items = items(owned);
        if (items.isEmpty() || !items.getFirst().key().equals(new ResourceKey(PATIENT, patient))) {
            absent(ExclusionRule.PATIENT_ABSENT, "");
            return List.of();
        }
        ConsentCheck.Decisions decisions = consent.of(trees(items, "Consent"), trees(items, "Encounter"));
        String refusal = decisions.refusal();
        if (refusal != null) {
            tally.patient(patient, ExclusionStage.CONSENT, refusal, "");
            return List.of();
        }
        for (Item item : items) {
            if (!plan.of(item.key().type()).isEmpty()) {
                select(item, decisions);
            }
        }
        Fate[] fates = links.solve(items);
        boolean[] lives = new boolean[fates.length];
        for (int node = 0; node < fates.length; node++) {
            lives[node] = fates[node] == Fate.LIVES;
        }
        return whole(items, lives) ? reduced(items, lives, fates) : List.of();
    }

    /** Resources of no patient that those of this one lead to, with the groups for which they are handed out. */
    Map<ResourceKey, Set<Integer>> shared() {
        return links.sharedLiving();
    }

    private static List<Item> items(List<Owned> owned) {
        boolean keep = owned.size() <= TREES_MAX;
        List<Item> items = new ArrayList<>(owned.size());
        for (Owned each : owned) {
            items.add(new Item(each.key(), each.body(), keep));
        }
        items.sort(Comparator.comparing((Item item) -> !item.key().type().equals(PATIENT))
                .thenComparing(item -> item.key().type())
                .thenComparing(item -> item.key().id()));
        return items;
    }

    private List<JsonNode> trees(List<Item> items, String type) {
        List<JsonNode> trees = new ArrayList<>();
        if (!consent.equals(ConsentCheck.NONE)) {
            for (Item item : items) {
                if (item.key().type().equals(type)) {
                    trees.add(item.tree());
                }
            }
        }
        return trees;
    }

    private void select(Item item, ConsentCheck.Decisions decisions) {
        ObjectNode tree = item.tree();
        String withheld = decisions.withheld(tree);
        if (withheld != null) {
            tally.resource(
                    patient,
                    item.key(),
                    ExclusionStage.CONSENT,
                    withheld,
                    item.key().type());
            return;
        }
        if (!tree.path("modifierExtension").isEmpty()) {
            refused.put(
                    item,
                    new Refused(ExclusionRule.MODIFIER_EXTENSION, item.key().type()));
            return;
        }
        for (GroupPlan group : plan.of(item.key().type())) {
            ExclusionRule rule = group.claimedBy(tree) ? group.refuses(tree) : ExclusionRule.PROFILE_NOT_CLAIMED;
            if (rule == null) {
                links.add(item, group, tree);
            } else {
                String subject =
                        rule == ExclusionRule.PROFILE_NOT_CLAIMED ? item.key().type() : group.id();
                refused.merge(item, new Refused(rule, subject), PatientCase::nearer);
            }
        }
    }

    private static Refused nearer(Refused one, Refused other) {
        return other.rule().compareTo(one.rule()) > 0 ? other : one;
    }

    /** Whether the patient is handed out at all: the Patient is, and something of each group that must be there. */
    private boolean whole(List<Item> items, boolean[] lives) {
        Set<Integer> there = new HashSet<>();
        for (Item item : items) {
            there.addAll(item.living(lives));
        }
        GroupPlan self = plan.patient();
        if (!there.contains(self.index())) {
            return absent(ExclusionRule.GROUP_EMPTY, self.id());
        }
        for (GroupPlan group : plan.groups()) {
            if (group.hasMust()
                    && !group.referenceOnly()
                    && PatientCompartment.mayOwn(group.type())
                    && !there.contains(group.index())) {
                return absent(ExclusionRule.GROUP_EMPTY, group.id());
            }
        }
        return true;
    }

    private boolean absent(ExclusionRule rule, String group) {
        tally.patient(patient, rule.stage(), rule.code(), group);
        links.loseShared();
        return false;
    }

    private List<Kept> reduced(List<Item> items, boolean[] lives, Fate[] fates) {
        List<Kept> kept = new ArrayList<>(items.size());
        for (Item item : items) {
            SortedSet<Integer> groups = item.living(lives);
            if (!groups.isEmpty()) {
                kept.add(new Kept(reduce(item, groups, lives), groups));
            } else if (!plan.of(item.key().type()).isEmpty()) {
                tell(item, fates);
            }
            item.forget();
        }
        return kept;
    }

    private ObjectNode reduce(Item item, Set<Integer> groups, boolean[] lives) {
        Map<String, String> allowed = new HashMap<>();
        for (Item.Target target : item.targets()) {
            if (lives[target.from()] && lives[target.to()]) {
                allowed.put(target.literal(), target.written());
            }
        }
        List<ObjectNode> inside = new ArrayList<>();
        for (Item contained : item.contained()) {
            SortedSet<Integer> of = contained.living(lives);
            if (!of.isEmpty()) {
                inside.add(reduce(contained, of, lives));
            }
        }
        return plan.redact(item.tree(), groups, literal -> rule(literal, allowed), inside);
    }

    private @Nullable String rule(String literal, Map<String, String> allowed) {
        String known = allowed.get(literal);
        return known != null ? known : links.toPatient(literal);
    }

    /** Says why a resource is left out: by the rule that came nearest to keeping it. */
    private void tell(Item item, Fate[] fates) {
        Refused why = refused.get(item);
        for (Map.Entry<Integer, Integer> node : item.nodes().entrySet()) {
            ExclusionRule rule =
                    switch (fates[node.getValue()]) {
                        case LINK_LOST -> ExclusionRule.LINK_LOST;
                        case PARENTS_LOST -> ExclusionRule.PARENTS_LOST;
                        case NOT_REFERRED_TO -> ExclusionRule.NOT_REFERRED_TO;
                        case LIVES -> null;
                    };
            if (rule != null) {
                Refused lost =
                        new Refused(rule, plan.groups().get(node.getKey()).id());
                why = why == null ? lost : nearer(why, lost);
            }
        }
        if (why != null) {
            tally.resource(patient, item.key(), why.rule().stage(), why.rule().code(), why.subject());
        }
    }
}
