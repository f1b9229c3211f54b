package allmende.app.pseudonyms;

import allmende.app.operations.Forgetting;
import allmende.app.site.SiteData;
import allmende.app.site.SiteLocation;
import allmende.core.fhir.FhirJson;
import allmende.core.fhir.Identifier;
import allmende.core.fhir.Identifiers;
import allmende.core.fhir.JsonRead;
import allmende.core.fhir.ResourceKey;
import allmende.engine.store.BulkRead;
import allmende.engine.store.History;
import allmende.engine.store.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Forgets the pseudonyms of a patient who is erased: those of all identifiers and ids that the patient's resources have now,
 * and of the Patient's in all its versions.
 */
public final class PseudonymErasure implements Forgetting {

    private static final int STRETCH = 50_000;
    private static final int VERSIONS_MAX = 100_000;

    private final SiteLocation location;
    private final PseudonymService service;

    /** Forgets in this service, which is not opened where there are no pseudonyms at all. */
    public PseudonymErasure(SiteLocation location, PseudonymService service) {
        this.location = location;
        this.service = service;
    }

    @Override
    public void forget(SiteData data, String patientId) {
        if (PseudonymPlace.exists(location.data())) {
            service.forget(originals(data.store(), patientId));
        }
    }

    private static Set<String> originals(Store store, String patientId) {
        Set<String> originals = new HashSet<>();
        ResourceKey key = new ResourceKey("Patient", patientId);
        add(originals, "Patient", patientId);
        store.history()
                .page(new History.Scope.Instance(key), new History.Window(0, store.currentT(), null), VERSIONS_MAX)
                .forEach(version -> add(originals, version.body()));
        OptionalInt number = store.patientNumber(patientId);
        if (number.isPresent()) {
            BulkRead.Selection theirs = new BulkRead.Selection(store.currentT(), 0, true, Set.of(number.getAsInt()));
            try {
                for (String type : store.countsByType().keySet()) {
                    for (BulkRead.Stretch stretch : store.bulk().stretches(type, STRETCH)) {
                        store.bulk().read(stretch, theirs, (version, at, body) -> add(originals, body));
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return originals;
    }

    private static void add(Set<String> originals, byte @Nullable [] body) {
        if (body != null && FhirJson.read(body) instanceof JsonRead.Parsed(JsonNode resource)) {
            for (Identifier identifier : Identifiers.of(resource)) {
                originals.add(identifier.value());
                originals.add(identifier.system() + "|" + identifier.value());
            }
            add(
                    originals,
                    resource.path("resourceType").asString(""),
                    resource.path("id").asString(""));
        }
    }

    private static void add(Set<String> originals, String type, String id) {
        originals.add(id);
        originals.add(type + "/" + id);
    }
}
