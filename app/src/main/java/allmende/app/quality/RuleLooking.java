package allmende.app.quality;

import allmende.core.fhir.FhirJson;
import allmende.core.fhir.References;
import allmende.core.fhir.ResourceKey;
import allmende.engine.store.ChangePage.Change;
import allmende.engine.store.Store;
import allmende.engine.store.StoredVersion;
import allmende.engine.terminology.IcdLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Looks by rules: plausibility, missing elements, references, duplicates. */
final class RuleLooking implements Looking {

    /** Another form of what is kept makes all be looked at again. */
    private static final int FORM = 2;

    private static final int CHUNK = 500;
    private static final Pattern LOCAL = Pattern.compile("([A-Z][A-Za-z]{1,60})/([A-Za-z0-9.-]{1,64})(/_history/.*)?");

    /** Types of which each resource belongs to one patient. */
    private static final Set<String> OF_PATIENTS = Set.of(
            "Encounter",
            "Condition",
            "Observation",
            "Procedure",
            "Specimen",
            "DiagnosticReport",
            "ServiceRequest",
            "MedicationAdministration",
            "MedicationRequest",
            "MedicationStatement");

    private final RuleBook book;
    private final QualityTables tables;
    private final Supplier<LocalDate> today;
    private @Nullable RuleCheck check;

    RuleLooking(RuleBook book, QualityTables tables, Supplier<LocalDate> today) {
        this.book = book;
        this.tables = tables;
        this.today = today;
    }

    @Override
    public String stream() {
        return Streams.RULES;
    }

    @Override
    public String fingerprint() {
        return book.fingerprint() + " " + FORM;
    }

    @Override
    public int chunk() {
        return CHUNK;
    }

    @Override
    public List<Looked> look(List<Change> changes, Store store) {
        List<JsonNode> trees = new ArrayList<>();
        Map<Integer, Set<ResourceKey>> targets = new HashMap<>();
        Set<ResourceKey> wanted = new HashSet<>();
        for (int i = 0; i < changes.size(); i++) {
            byte[] body = changes.get(i).body();
            JsonNode tree = FhirJson.parse(body == null ? new byte[0] : body);
            trees.add(tree);
            Set<ResourceKey> mentioned = targets(tree);
            targets.put(i, mentioned);
            wanted.addAll(mentioned);
        }
        Map<ResourceKey, StoredVersion> present = store.readAll(wanted);
        Map<ResourceKey, JsonNode> patients = new HashMap<>();
        present.forEach((key, version) -> {
            if (key.type().equals("Patient")) {
                patients.put(key, FhirJson.parse(version.body()));
            }
        });
        List<Looked> looked = new ArrayList<>();
        Map<Long, Set<Integer>> inChunk = new HashMap<>();
        for (int i = 0; i < changes.size(); i++) {
            Change change = changes.get(i);
            Set<ResourceKey> mentioned = targets.getOrDefault(i, Set.of());
            List<String> waiting = mentioned.stream()
                    .filter(key -> !present.containsKey(key))
                    .map(key -> key.type() + "/" + key.id())
                    .toList();
            long digest = digest(trees.get(i));
            boolean duplicate =
                    !inChunk.computeIfAbsent(digest, key -> new HashSet<>()).add(change.patient())
                            || tables.isElsewhere(digest, change.rid(), change.patient());
            RuleCheck.Subject subject = new RuleCheck.Subject(
                    change.key().type(), trees.get(i), patient(trees.get(i), patients), !waiting.isEmpty(), duplicate);
            looked.add(new Looked(
                    change,
                    Modules.of(subject.type(), subject.resource()),
                    Modules.source(subject.resource()),
                    check().check(subject, today.get()),
                    0,
                    new Looked.Traces(
                            digest, waiting, elsewhere(trees.get(i), mentioned, present), units(trees.get(i)))));
        }
        return looked;
    }

    private static @Nullable JsonNode patient(JsonNode tree, Map<ResourceKey, JsonNode> patients) {
        return subject(tree).map(patients::get).orElse(null);
    }

    private static Set<ResourceKey> targets(JsonNode tree) {
        Set<ResourceKey> targets = new HashSet<>();
        References.forEachLiteral(tree, reference -> {
            Matcher local = LOCAL.matcher(reference);
            if (local.matches()) {
                targets.add(new ResourceKey(local.group(1), local.group(2)));
            }
        });
        return targets;
    }

    /** Targets that don't belong to the patient whose resource it is. */
    private static List<String> elsewhere(
            JsonNode tree, Set<ResourceKey> targets, Map<ResourceKey, StoredVersion> present) {
        return targets.stream()
                .filter(target -> present.containsKey(target) && !isOfPatient(target, present.get(target), tree))
                .map(target -> target.type() + "/" + target.id())
                .toList();
    }

    /** Whether the target belongs to the patient of this resource, and is found by that. */
    private static boolean isOfPatient(ResourceKey target, @Nullable StoredVersion version, JsonNode tree) {
        String patient = subject(tree).map(key -> key.type() + "/" + key.id()).orElse("");
        if (patient.isEmpty() || version == null) {
            return false;
        }
        return patient.equals(target.type() + "/" + target.id())
                || (OF_PATIENTS.contains(target.type())
                        && new String(version.body(), StandardCharsets.UTF_8).contains("\"" + patient + "\""));
    }

    private static Optional<ResourceKey> subject(JsonNode tree) {
        for (String element : List.of("subject", "patient")) {
            Matcher local = LOCAL.matcher(tree.path(element).path("reference").asString(""));
            if (local.matches()) {
                return Optional.of(new ResourceKey(local.group(1), local.group(2)));
            }
        }
        return Optional.empty();
    }

    private static Set<Looked.Measure> units(JsonNode tree) {
        Set<Looked.Measure> units = new HashSet<>();
        if (tree.path("resourceType").asString("").equals("Observation")) {
            units(tree, units);
            tree.path("component").forEach(component -> units(component, units));
        }
        return units;
    }

    private static void units(JsonNode measured, Set<Looked.Measure> units) {
        String unit = measured.path("valueQuantity").path("code").asString("");
        for (JsonNode coding : measured.path("code").path("coding")) {
            String code = coding.path("code").asString("");
            if (coding.path("system").asString("").equals(RuleCheck.LOINC) && !code.isEmpty() && !unit.isEmpty()) {
                units.add(new Looked.Measure(code, unit));
            }
        }
    }

    /** Of the content that means something: a copy under another id is the same. */
    private static long digest(JsonNode tree) {
        ObjectNode copy = ((ObjectNode) tree).deepCopy();
        copy.remove(List.of("id", "meta", "text", "identifier"));
        byte[] bytes = FhirJson.write(copy);
        CRC32 checksum = new CRC32();
        checksum.update(bytes);
        return (checksum.getValue() << Integer.SIZE) ^ Arrays.hashCode(bytes);
    }

    /** Made when the first resource comes: reads the limits of ICD-10-GM. */
    private RuleCheck check() {
        RuleCheck made = check;
        if (made == null) {
            try {
                made = new RuleCheck(book, IcdLimits.load());
            } catch (IOException damaged) {
                throw new UncheckedIOException("the shipped code systems can't be read", damaged);
            }
            check = made;
        }
        return made;
    }

    @Override
    public List<Long> before(List<Change> gone) {
        return tables.referring(gone);
    }

    @Override
    public List<Long> after(List<Looked> looked, Store store) {
        List<Long> again = new ArrayList<>();
        for (Looked one : looked) {
            ResourceKey key = one.change().key();
            String target = key.type() + "/" + key.id();
            again.addAll(
                    key.type().equals("Patient") && one.change().known()
                            ? tables.dependents(one.change().patient(), target)
                            : tables.waiting(target));
        }
        return again;
    }
}
