package allmende.app.fhirapi;

import allmende.app.audit.Access;
import allmende.app.audit.AccessLog;
import allmende.app.identity.Caller;
import allmende.app.identity.Callers;
import allmende.app.identity.Scope;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;

/** Lets callers do what they may, and keeps the record of what they did. */
public final class Watch {

    private final ObjectProvider<AccessLog> log;

    /** Found once: to look for it with each request would cost as much as reading a resource. */
    private volatile @Nullable AccessLog found;

    /** A watch that tells this log, where there is one. */
    public Watch(ObjectProvider<AccessLog> log) {
        this.log = log;
    }

    /** Who calls; to be asked on the request's thread. */
    public Caller caller() {
        return Callers.current();
    }

    /**
     * Lets pass who may do this with resources of this type; {@code *} asks for all types.
     *
     * @throws FhirProblem 403
     */
    public void require(Scope.Act act, String type) {
        Caller caller = caller();
        if (!caller.may(act, type)) {
            throw FhirProblem.of(403, "forbidden", caller.missing(act, type));
        }
        requireLog();
    }

    /** Lets nobody pass where no record could be kept. */
    void requireLog() {
        AccessLog there = log();
        if (there != null) {
            there.require();
        }
    }

    /**
     * Lets pass who may see resources of several patients.
     *
     * @throws FhirProblem 403 for those who may see one patient's only
     */
    public void requireEverybody() {
        if (caller().patient() != null) {
            throw FhirProblem.of(403, "forbidden", "This account may see the data of its own patient only.");
        }
    }

    /**
     * Lets pass who may see what belongs to this patient.
     *
     * @throws FhirProblem 403
     */
    public void requireOf(@Nullable String patientId) {
        String own = caller().patient();
        if (own != null && !own.equals(patientId)) {
            throw FhirProblem.of(403, "forbidden", "This account may see the data of its own patient only.");
        }
    }

    /**
     * Lets pass who may take data out in bulk.
     *
     * @throws FhirProblem 403
     */
    public void requireExport() {
        if (!caller().mayExport()) {
            throw FhirProblem.of(403, "forbidden", "The caller may not take data out in bulk.");
        }
    }

    /** An access by whoever calls now. */
    public Access by(Access.Action action) {
        return Access.by(caller().who(), action);
    }

    /** Keeps what was done. */
    public void told(Access access) {
        AccessLog there = log();
        if (there != null) {
            there.record(access);
        }
    }

    private @Nullable AccessLog log() {
        AccessLog known = found;
        if (known == null) {
            known = log.getIfAvailable();
            found = known;
        }
        return known;
    }
}
