package allmende.app.fhirapi;

import allmende.engine.store.History;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a caller did, for the audit.
 *
 * @param action read, vread, history, create, update, patch, delete, transaction, batch, search, export, run
 * @param type resource type; empty for the whole system
 * @param id of the resource; empty where it is about several
 * @param query as it was asked; empty for none
 * @param patients ids of the patients touched
 * @param t the state of the data that was read or made
 */
public record Deed(String action, String type, String id, String query, Set<String> patients, long t) {

    /** Of one version. */
    static Deed of(String action, History.Entry entry) {
        return new Deed(action, entry.key().type(), entry.key().id(), "", patients(entry.patientId()), entry.t());
    }

    private static Set<String> patients(@Nullable String id) {
        return id == null ? Set.of() : Set.of(id);
    }
}
