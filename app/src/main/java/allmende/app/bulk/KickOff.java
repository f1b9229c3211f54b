package allmende.app.bulk;

import allmende.app.audit.Access;
import allmende.app.fhirapi.Exchange;
import allmende.app.fhirapi.FhirProblem;
import allmende.app.fhirapi.Watch;
import allmende.app.identity.Caller;
import allmende.app.identity.Scope;
import allmende.app.site.Site;
import allmende.engine.store.BulkRead.Selection;
import allmende.engine.store.Store;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Begins jobs: what all kinds of them share. */
final class KickOff {

    private final Site site;
    private final Watch watch;
    private final Jobs jobs;
    private final BulkLimits limits;
    private final InstantSource clock;

    KickOff(Site site, Watch watch, Jobs jobs, BulkLimits limits, InstantSource clock) {
        this.site = site;
        this.watch = watch;
        this.jobs = jobs;
        this.limits = limits;
        this.clock = clock;
    }

    /** Who calls, as jobs name their owner. */
    String owner() {
        Caller caller = watch.caller();
        return caller.kind() + ":" + caller.name();
    }

    Store store() {
        return site.data().store();
    }

    Watch watch() {
        return watch;
    }

    BulkLimits limits() {
        return limits;
    }

    /** Lets pass who may export, and wants to wait. */
    void require(HttpServletRequest request) {
        watch.requireExport();
        watch.requireEverybody();
        String prefer = request.getHeader("Prefer");
        if (prefer == null || !prefer.contains("respond-async")) {
            throw FhirProblem.invalid("An export takes its time: send the header Prefer: respond-async.");
        }
        jobs.requireRoom(owner());
    }

    /** Whether the caller may read all resources of a type. */
    boolean mayRead(String type) {
        Caller caller = watch.caller();
        return caller.may(Scope.Act.READ, type) && caller.may(Scope.Act.SEARCH, type);
    }

    /** Lets pass who may read all resources of a type. */
    void requireType(String type) {
        watch.require(Scope.Act.READ, type);
        watch.require(Scope.Act.SEARCH, type);
    }

    /** The parameters of a request. */
    Asked asked(HttpServletRequest request, Set<String> known) throws IOException {
        byte[] body = request.getMethod().equals("POST") ? Exchange.bytes(request, limits.requestBytes()) : new byte[0];
        return Asked.of(request.getQueryString(), body, known);
    }

    /** Which resources, as of now. */
    Selection selection(Asked asked, boolean ofPatients, @Nullable Set<Integer> patients) {
        Store store = store();
        Instant since = asked.time("_since");
        long afterT = since == null ? 0 : store.history().at(since);
        return new Selection(store.currentT(), afterT, ofPatients, patients);
    }

    /** Begins, and tells where to ask how far it is. */
    void begin(
            HttpServletRequest request,
            HttpServletResponse response,
            Asked asked,
            Selection selection,
            List<Job.Part> parts) {
        String query = request.getQueryString();
        String address = request.getRequestURL() + (query == null ? "" : "?" + query);
        Job job = new Job(UUID.randomUUID().toString(), owner(), address, clock.instant(), selection, parts);
        watch.told(watch.by(Access.Action.EXPORT)
                .on("export", job.id())
                .asking(asked.names())
                .of(Access.Patients.ALL)
                .answered(HttpServletResponse.SC_ACCEPTED)
                .at(selection.t()));
        jobs.begin(job);
        response.setStatus(HttpServletResponse.SC_ACCEPTED);
        response.setHeader("Content-Location", Exchange.base(request) + "/bulk/" + job.id());
    }
}
