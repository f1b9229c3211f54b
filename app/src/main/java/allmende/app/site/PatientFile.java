package allmende.app.site;

import allmende.core.fhir.FhirJson;
import allmende.engine.store.BulkRead;
import allmende.engine.store.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What the store holds of one patient, as it was at one transaction. */
public final class PatientFile {

    private final Store store;
    private final int patient;
    private final long t;

    /**
     * @param patient the patient's number in the store
     * @param t transaction whose state is read
     */
    public PatientFile(Store store, int patient, long t) {
        this.store = store;
        this.patient = patient;
        this.t = t;
    }

    /** All resources of a type that belong to the patient. */
    public List<JsonNode> all(String type) {
        List<JsonNode> found = new ArrayList<>();
        BulkRead.Selection selection = new BulkRead.Selection(t, 0, true, Set.of(patient));
        try {
            for (BulkRead.Stretch stretch : store.bulk().stretches(type, Integer.MAX_VALUE)) {
                store.bulk().read(stretch, selection, (version, at, body) -> found.add(FhirJson.parse(body)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }
}
