package allmende.app.operations;

import allmende.app.audit.Access;
import allmende.app.site.SiteData;
import allmende.engine.store.Erasure;
import java.time.Duration;
import java.util.List;

/** Erases a patient from everything that a site keeps. */
public final class SiteErasure {

    private static final Duration INDEX_MAX = Duration.ofMinutes(10);

    private SiteErasure() {}

    /**
     * Lets forget whoever keeps something besides, erases from the store, lets the index follow and purges its files.
     *
     * @throws IllegalStateException if the index did not follow in time; the store is erased nevertheless
     */
    public static Erasure erase(SiteData data, String patientId, List<Forgetting> besides) {
        besides.forEach(keeper -> keeper.forget(data, patientId));
        Erasure erasure = data.store().erase(patientId);
        data.index().catchUp();
        if (!data.index().awaitT(erasure.t(), INDEX_MAX)) {
            throw new IllegalStateException("The index did not follow the erasure in time");
        }
        data.index().purge();
        return erasure;
    }

    /** The same as the access log is told, once it has happened. What was no patient's id may be anything and is left out. */
    public static Access access(String patientId, Erasure erasure) {
        Access.Who command = new Access.Who("this-machine", Access.Who.Kind.THIS_MACHINE, List.of(), "");
        String known = erasure.versions() > 0 || erasure.quarantined() > 0 ? patientId : null;
        return Access.by(command, Access.Action.ERASE)
                .on("Patient", known)
                .of(Access.Patients.one(known))
                .at(erasure.t());
    }
}
