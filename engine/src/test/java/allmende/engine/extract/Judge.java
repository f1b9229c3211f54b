package allmende.engine.extract;

import allmende.engine.extract.JudgeRules.Member;
import allmende.engine.extract.JudgeRules.Thing;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Says what an extraction must deliver, straight from the rules in docs/implementation/extraction.md, over lists of JSON:
 * no plan, no batches, everything looked for by walking through everything. Slow and short.
 */
final class Judge {

    private static final List<String> NEARER_AND_NEARER = List.of(
            "profile-not-claimed",
            "filter-code",
            "filter-date",
            "not-referred-to",
            "field-missing",
            "link-lost",
            "parents-lost");
    private static final Map<String, String> STAGES = Map.of(
            "profile-not-claimed", "selection",
            "filter-code", "selection",
            "filter-date", "selection",
            "modifier-extension", "selection",
            "not-referred-to", "reference",
            "field-missing", "must-have",
            "link-lost", "cascade",
            "parents-lost", "cascade");

    private final List<ObjectNode> ward;
    private final List<JsonNode> groups;
    private final @Nullable Boolean consent;
    private final LocalDate today;

    final SortedMap<String, Delivered> delivered = new TreeMap<>();
    final SortedMap<String, Long> counts = new TreeMap<>();
    boolean impossible;

    /** A resource that must be delivered, and for which groups. */
    record Delivered(JsonNode resource, Set<String> groups) {}

    /**
     * Of these resources.
     *
     * @param consent null where nobody asks for consent, else whether the past is asked for as well
     */
    Judge(List<ObjectNode> ward, List<JsonNode> groups, @Nullable Boolean consent, LocalDate today) {
        this.ward = ward;
        this.groups = groups;
        this.consent = consent;
        this.today = today;
    }

    void judge(List<String> patients) {
        Map<String, Set<String>> shared = new TreeMap<>();
        List<Member> everywhere = members(
                ward.stream().filter(each -> JudgeRules.owner(each) == null).toList(), "");
        Set<Member> alive = cascade(everywhere, "", new HashMap<>());
        note(alive, shared);
        for (JsonNode group : groups) {
            boolean there = alive.stream().anyMatch(member -> member.group().equals(group));
            impossible |= JudgeRules.isShared(group) && !JudgeRules.only(group) && JudgeRules.must(group) && !there;
        }
        for (String patient : patients) {
            patient(patient, everywhere, shared);
        }
        shared.forEach((name, of) -> {
            ObjectNode resource = ward.stream()
                    .filter(each -> new Thing(each, null).name().equals(name))
                    .findFirst()
                    .orElseThrow();
            Map<String, String> references = new HashMap<>();
            for (Member member : everywhere) {
                if (member.thing().name().equals(name) && of.contains(member.id())) {
                    for (JsonNode attribute : member.group().path("attributes").values()) {
                        for (String literal : JudgeRules.literals(member, attribute)) {
                            String target = JudgeRules.here(literal);
                            Set<String> there = shared.getOrDefault(target == null ? "" : target, Set.of());
                            if (target != null
                                    && member.linked(attribute).stream().anyMatch(there::contains)) {
                                references.put(literal, target);
                            }
                        }
                    }
                }
            }
            deliver(resource, of, references, "nobody", List.of());
        });
    }

    private static void note(Set<Member> alive, Map<String, Set<String>> shared) {
        for (Member member : alive) {
            if (JudgeRules.owner(member.thing().root()) == null) {
                shared.computeIfAbsent(member.thing().name(), name -> new TreeSet<>())
                        .add(member.id());
            }
        }
    }

    private void patient(String patient, List<Member> everywhere, Map<String, Set<String>> shared) {
        List<ObjectNode> own = ward.stream()
                .filter(each -> ("Patient/" + patient).equals(JudgeRules.owner(each)))
                .toList();
        if (own.stream()
                .noneMatch(each -> each.path("resourceType").asString("").equals("Patient"))) {
            // whom nobody speaks of has no number, and so is not known at all
            count("cohort", own.isEmpty() ? "patient-unknown" : "patient-absent", "Patient");
            return;
        }
        Map<Thing, String> why = new LinkedHashMap<>();
        List<ObjectNode> permitted = permitted(own);
        if (permitted == null) {
            return;
        }
        List<Member> members = members(permitted, patient);
        members.addAll(everywhere);
        Map<Member, String> fates = new HashMap<>();
        Set<Member> alive = cascade(members, patient, fates);
        for (JsonNode group : groups) {
            boolean there = alive.stream()
                    .anyMatch(member ->
                            member.group().equals(group) && member.thing().container() == null);
            boolean self = JudgeRules.type(group).equals("Patient");
            if (!there
                    && (self || (JudgeRules.must(group) && !JudgeRules.only(group) && !JudgeRules.isShared(group)))) {
                count("must-have", "group-empty", "Patient");
                return;
            }
        }
        note(alive, shared);
        for (ObjectNode resource : permitted) {
            Set<String> of = new TreeSet<>();
            alive.stream().filter(each -> each.thing().resource() == resource).forEach(each -> of.add(each.id()));
            if (of.isEmpty()) {
                tell(resource, members, fates);
            } else {
                deliver(resource, of, references(resource, alive, patient), patient, inside(resource, alive, patient));
            }
        }
    }

    /** What consent does not withhold of the types that are asked for; null where it withholds all. */
    private @Nullable List<ObjectNode> permitted(List<ObjectNode> own) {
        JudgeConsent check =
                consent == null ? null : new JudgeConsent(of(own, "Consent"), of(own, "Encounter"), today, consent);
        if (check != null && check.refusal() != null) {
            count("consent", String.valueOf(check.refusal()), "Patient");
            return null;
        }
        List<ObjectNode> permitted = new ArrayList<>();
        for (ObjectNode resource : own) {
            String type = resource.path("resourceType").asString("");
            if (groups.stream().anyMatch(group -> JudgeRules.type(group).equals(type))) {
                String withheld = check == null ? null : check.withheld(resource);
                if (withheld == null) {
                    permitted.add(resource);
                } else {
                    count("consent", withheld, type);
                }
            }
        }
        return permitted;
    }

    private static List<JsonNode> of(List<ObjectNode> resources, String type) {
        return new ArrayList<>(resources.stream()
                .filter(each -> each.path("resourceType").asString("").equals(type))
                .toList());
    }

    private List<ObjectNode> inside(ObjectNode resource, Set<Member> alive, String patient) {
        List<ObjectNode> inside = new ArrayList<>();
        for (JsonNode contained : resource.path("contained").values()) {
            List<JsonNode> of = groups.stream()
                    .filter(group -> alive.stream()
                            .anyMatch(each -> each.thing().resource() == contained
                                    && each.group().equals(group)))
                    .toList();
            if (!of.isEmpty()) {
                inside.add(
                        new JudgeReduction(of, references((ObjectNode) contained, alive, patient), "Patient/" + patient)
                                .reduce((ObjectNode) contained, List.of()));
            }
        }
        return inside;
    }

    private void deliver(
            ObjectNode resource,
            Set<String> of,
            Map<String, String> references,
            String patient,
            List<ObjectNode> inside) {
        List<JsonNode> wanted = groups.stream()
                .filter(group -> of.contains(group.path("id").asString("")))
                .toList();
        delivered.put(
                new Thing(resource, null).name(),
                new Delivered(
                        new JudgeReduction(wanted, references, "Patient/" + patient).reduce(resource, inside), of));
    }

    /** References of a resource that lead, by a linked field of a group that it is of, to what lives; and to the patient. */
    private Map<String, String> references(ObjectNode resource, Set<Member> alive, String patient) {
        Map<String, String> references = new HashMap<>();
        for (String literal : List.of("Patient/" + patient, RandomWard.BASE + "Patient/" + patient)) {
            references.put(literal, "Patient/" + patient);
        }
        for (Member member : alive) {
            if (member.thing().resource() == resource) {
                for (JsonNode attribute : member.group().path("attributes").values()) {
                    for (String literal : JudgeRules.literals(member, attribute)) {
                        for (Member target : targets(member, attribute, literal, alive, patient)) {
                            references.put(
                                    literal,
                                    literal.startsWith("#")
                                            ? literal
                                            : target.thing().name());
                        }
                    }
                }
            }
        }
        return references;
    }

    private void tell(ObjectNode resource, List<Member> members, Map<Member, String> fates) {
        String rule = "";
        String subject = "";
        String type = resource.path("resourceType").asString("");
        if (resource.has("modifierExtension")) {
            count("selection", "modifier-extension", type);
            return;
        }
        for (JsonNode group : groups) {
            if (JudgeRules.type(group).equals(type)) {
                String refused = JudgeRules.refusal(resource, group);
                for (Member member : members) {
                    if (member.thing().resource() == resource && member.group().equals(group)) {
                        refused = fates.get(member);
                    }
                }
                if (refused != null && NEARER_AND_NEARER.indexOf(refused) > NEARER_AND_NEARER.indexOf(rule)) {
                    rule = refused;
                    subject = refused.equals("profile-not-claimed")
                            ? type
                            : group.path("id").asString("");
                }
            }
        }
        count(STAGES.getOrDefault(rule, "?"), rule, subject);
    }

    private void count(String stage, String rule, String subject) {
        counts.merge(stage + " " + rule + " " + subject, 1L, Long::sum);
    }

    private List<Member> members(List<ObjectNode> resources, String patient) {
        List<Member> members = new ArrayList<>();
        for (ObjectNode resource : resources) {
            for (JsonNode group : groups) {
                if (JudgeRules.type(group).equals(resource.path("resourceType").asString(""))
                        && !resource.has("modifierExtension")
                        && JudgeRules.refusal(resource, group) == null) {
                    members.add(new Member(new Thing(resource, null), group));
                }
                for (JsonNode contained : patient.isEmpty()
                        ? List.<JsonNode>of()
                        : resource.path("contained").values()) {
                    boolean claims = contained.has("meta");
                    String refused = JudgeRules.refusal(contained, group);
                    if (JudgeRules.type(group)
                                    .equals(contained.path("resourceType").asString(""))
                            && !contained.has("modifierExtension")
                            && (refused == null
                                    || (!claims
                                            && refused.equals("profile-not-claimed")
                                            && JudgeRules.fits(contained, group) == null))) {
                        members.add(new Member(new Thing((ObjectNode) contained, resource), group));
                    }
                }
            }
        }
        return members;
    }

    /** Applies the rules one by one until nothing changes. */
    private Set<Member> cascade(List<Member> members, String patient, Map<Member, String> fates) {
        Set<Member> alive = new HashSet<>(members);
        for (boolean changed = true; changed; ) {
            changed = false;
            for (Member member : members) {
                if (alive.contains(member) && losesLink(member, alive, patient)) {
                    alive.remove(member);
                    fates.put(member, "link-lost");
                    changed = true;
                }
            }
        }
        Set<Member> reached = new HashSet<>();
        alive.stream().filter(member -> isWanted(member, patient)).forEach(reached::add);
        for (boolean changed = true; changed; ) {
            Set<Member> next = new HashSet<>();
            reached.forEach(member -> next.addAll(leadsTo(member, alive, patient)));
            changed = reached.addAll(next);
        }
        Set<Member> referredTo = new HashSet<>();
        members.forEach(member -> referredTo.addAll(leadsTo(member, new HashSet<>(members), patient)));
        for (Member member : alive) {
            if (!reached.contains(member)) {
                fates.put(member, referredTo.contains(member) ? "parents-lost" : "not-referred-to");
            }
        }
        return reached;
    }

    private static boolean isWanted(Member member, String patient) {
        boolean shared = JudgeRules.owner(member.thing().root()) == null;
        return member.thing().container() == null
                && !JudgeRules.only(member.group())
                && (shared ? patient.isEmpty() && JudgeRules.isShared(member.group()) : true);
    }

    private Set<Member> leadsTo(Member member, Set<Member> among, String patient) {
        Set<Member> targets = new HashSet<>();
        for (JsonNode attribute : member.group().path("attributes").values()) {
            for (String literal : JudgeRules.literals(member, attribute)) {
                targets.addAll(targets(member, attribute, literal, among, patient));
            }
        }
        return targets;
    }

    private boolean losesLink(Member member, Set<Member> alive, String patient) {
        for (JsonNode attribute : member.group().path("attributes").values()) {
            if (attribute.path("mustHave").asBoolean(false)
                    && !member.linked(attribute).isEmpty()
                    && JudgeRules.literals(member, attribute).stream()
                            .allMatch(literal -> targets(member, attribute, literal, alive, patient)
                                    .isEmpty())) {
                return true;
            }
        }
        return false;
    }

    /** The members that a reference leads to. */
    private List<Member> targets(Member from, JsonNode attribute, String literal, Set<Member> among, String patient) {
        List<Member> targets = new ArrayList<>();
        boolean fromShared = JudgeRules.owner(from.thing().root()) == null;
        for (Member member : among) {
            boolean own = ("Patient/" + patient)
                    .equals(JudgeRules.owner(member.thing().root()));
            boolean shared = JudgeRules.owner(member.thing().root()) == null;
            String id = member.thing().resource().path("id").asString("");
            boolean there = literal.startsWith("#")
                    ? literal.equals("#" + id)
                            && member.thing().container() != null
                            && member.thing().root() == from.thing().root()
                    : member.thing().container() == null
                            && ((shared || (own && !fromShared))
                                            && member.thing().name().equals(JudgeRules.here(literal))
                                    || (own && !fromShared && literal.equals("urn:uuid:" + id)));
            if (there && from.linked(attribute).contains(member.id())) {
                targets.add(member);
            }
        }
        return targets;
    }
}
