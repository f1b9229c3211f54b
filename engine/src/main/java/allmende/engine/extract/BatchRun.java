package allmende.engine.extract;

import allmende.core.extraction.ExclusionRule;
import allmende.core.extraction.ExtractPlan;
import allmende.core.extraction.Extracted;
import allmende.core.fhir.ResourceKey;
import allmende.engine.extract.PatientCase.Kept;
import allmende.engine.store.BulkRead.Owned;
import allmende.engine.store.Store;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Works on one batch of patients. What is in memory at once is bounded by resources, and at least one patient. */
final class BatchRun {

    /** Most versions that are read at once, unless one patient has more. */
    private static final long READ_MAX = 20_000;

    private final Store store;
    private final ExtractPlan plan;
    private final ExtractRequest request;
    private final SharedPool shared;
    private final Addresses addresses;
    private final Tally tally = new Tally();
    private final Map<ResourceKey, Set<Integer>> sharedLiving = new HashMap<>();

    BatchRun(Store store, ExtractPlan plan, ExtractRequest request, SharedPool shared, Addresses addresses) {
        this.store = store;
        this.plan = plan;
        this.request = request;
        this.shared = shared;
        this.addresses = addresses;
    }

    /** What it did; null where it was stopped before its end. */
    WorkFolder.@Nullable Done run(List<Integer> patients, BatchSink sink, Watch watch) throws IOException {
        Map<Integer, String> ids = store.patientIds(patients);
        Map<Integer, Long> sizes = store.bulk().sizes(patients);
        Set<String> types = new TreeSet<>(plan.types());
        types.addAll(PatientCase.consentTypes(request.consent()));
        List<Integer> next = new ArrayList<>();
        long size = 0;
        for (int patient : patients) {
            long own = sizes.getOrDefault(patient, 0L);
            if (size + own > READ_MAX && !next.isEmpty()) {
                if (!read(next, types, ids, sink, watch)) {
                    return null;
                }
                next.clear();
                size = 0;
            }
            next.add(patient);
            size += own;
        }
        return read(next, types, ids, sink, watch) ? new WorkFolder.Done(tally, sharedLiving) : null;
    }

    private boolean read(
            List<Integer> patients, Set<String> types, Map<Integer, String> ids, BatchSink sink, Watch watch)
            throws IOException {
        Map<Integer, List<Owned>> byPatient = HashMap.newHashMap(patients.size());
        List<Owned> all = store.bulk().ofPatients(patients, types, request.t());
        tally.read(all.size());
        for (Owned owned : all) {
            Integer patient = owned.patient();
            if (patient != null) {
                byPatient.computeIfAbsent(patient, each -> new ArrayList<>()).add(owned);
            }
        }
        for (int patient : patients) {
            if (watch.stopped()) {
                return false;
            }
            String id = ids.get(patient);
            List<Owned> owned = byPatient.remove(patient);
            if (id == null || owned == null) {
                tally.patient(
                        id == null ? "" : id,
                        ExclusionRule.PATIENT_ABSENT.stage(),
                        ExclusionRule.PATIENT_ABSENT.code(),
                        "");
            } else {
                patient(id, owned, sink);
            }
        }
        return true;
    }

    private void patient(String id, List<Owned> owned, BatchSink sink) throws IOException {
        PatientCase one = new PatientCase(plan, request.consent(), shared, addresses, new PatientCase.Told(id, tally));
        List<Kept> kept = one.decide(owned);
        one.shared().forEach((key, groups) -> sharedLiving
                .computeIfAbsent(key, each -> new TreeSet<>())
                .addAll(groups));
        if (!kept.isEmpty()) {
            List<Extracted> extracted = extracted(id, kept, tally);
            if (!extracted.isEmpty()) {
                tally.patientDelivered();
                sink.patient(extracted.getFirst().resource().path("id").asString(id), extracted);
            }
        }
    }

    private List<Extracted> extracted(String patient, List<Kept> kept, Tally tally) {
        List<ObjectNode> after = request.deidentification()
                .apply(patient, kept.stream().map(Kept::resource).toList());
        List<Extracted> extracted = new ArrayList<>(kept.size());
        for (int i = 0; i < kept.size(); i++) {
            if (after.get(i).isEmpty()) {
                ObjectNode before = kept.get(i).resource();
                String type = before.path("resourceType").asString("");
                tally.resource(
                        patient,
                        new ResourceKey(type, before.path("id").asString("")),
                        ExclusionRule.NOTHING_KEPT.stage(),
                        ExclusionRule.NOTHING_KEPT.code(),
                        type);
            } else {
                extracted.add(hand(after.get(i), kept.get(i).groups(), plan, tally));
            }
        }
        return extracted;
    }

    /** Counts what is handed over, and names its groups. */
    static Extracted hand(ObjectNode resource, Set<Integer> groups, ExtractPlan plan, Tally tally) {
        TreeSet<String> ids = new TreeSet<>();
        groups.forEach(group -> ids.add(plan.groups().get(group).id()));
        tally.delivered(ids);
        return new Extracted(resource, ids);
    }
}
