package allmende.app.bulk;

import allmende.app.fhirapi.FhirProblem;
import allmende.core.fhir.FhirJson;
import allmende.core.fhir.Reference;
import allmende.core.fhir.ResourceKey;
import allmende.engine.store.History;
import allmende.engine.store.Store;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Whose resources are meant: the patients of references and groups, by number. */
final class Patients {

    private final Store store;

    Patients(Store store) {
        this.store = store;
    }

    /** Numbers of the patients that are named; null where nobody is, which means all. */
    @Nullable
    Set<Integer> of(List<String> patients, List<String> groups) {
        if (patients.isEmpty() && groups.isEmpty()) {
            return null;
        }
        Set<Integer> numbers = new TreeSet<>();
        for (String patient : patients) {
            ResourceKey key = key(patient, "Patient");
            add(key.id(), numbers);
        }
        for (String group : groups) {
            numbers.addAll(ofGroup(key(group, "Group").id()));
        }
        return numbers;
    }

    /**
     * Numbers of a group's members.
     *
     * @throws FhirProblem 404 if there is no such group
     */
    Set<Integer> ofGroup(String id) {
        History.Entry entry = store.history()
                .newest(new ResourceKey("Group", id), Long.MAX_VALUE)
                .orElse(null);
        byte[] body = entry == null ? null : entry.body();
        if (body == null) {
            throw FhirProblem.notFound("There is no Group with this id.");
        }
        Set<Integer> numbers = new TreeSet<>();
        for (JsonNode member : FhirJson.parse(body).path("member").values()) {
            ResourceKey key = Reference.parse(
                            member.path("entity").path("reference").asString(""))
                    .resourceKey();
            if (key != null
                    && key.type().equals("Patient")
                    && !member.path("inactive").asBoolean(false)) {
                add(key.id(), numbers);
            }
        }
        return numbers;
    }

    private void add(String id, Set<Integer> numbers) {
        OptionalInt number = store.patientNumber(id);
        if (number.isPresent()) {
            numbers.add(number.getAsInt());
        }
    }

    private static ResourceKey key(String reference, String type) {
        ResourceKey key = Reference.parse(reference).resourceKey();
        if (key == null || !key.type().equals(type)) {
            throw FhirProblem.of(400, "value", "This parameter is a reference like " + type + "/1.");
        }
        return key;
    }
}
