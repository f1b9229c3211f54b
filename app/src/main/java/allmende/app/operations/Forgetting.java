package allmende.app.operations;

import allmende.app.site.SiteData;

/** Something that a site keeps of patients beside its store, and forgets before the store does. */
@FunctionalInterface
public interface Forgetting {

    /**
     * Forgets a patient whose resources are still there to be looked at. What is interrupted can be done again, since the
     * store is erased last.
     */
    void forget(SiteData data, String patientId);
}
