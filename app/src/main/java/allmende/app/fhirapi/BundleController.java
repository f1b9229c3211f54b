package allmende.app.fhirapi;

import allmende.app.audit.Access;
import allmende.engine.load.IncomingBundle;
import allmende.engine.load.IncomingBundle.Entry;
import allmende.engine.store.Deadline;
import allmende.engine.store.DeadlinePassed;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Transactions and batches. */
@RestController
class BundleController {

    private final Exchanges exchanges;
    private final Changes changes;
    private final Interactions interactions;
    private final Watch watch;
    private final FhirLimits limits;

    BundleController(Exchanges exchanges, Changes changes, Interactions interactions, Watch watch, FhirLimits limits) {
        this.exchanges = exchanges;
        this.changes = changes;
        this.interactions = interactions;
        this.watch = watch;
        this.limits = limits;
    }

    @PostMapping({"/fhir", "/fhir/"})
    void bundle(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Exchange exchange = exchanges.begin(request, response);
        byte[] body = exchange.body(limits.bundleBytes());
        IncomingBundle bundle =
                switch (IncomingBundle.of(body, limits.bundleEntries())) {
                    case IncomingBundle.Read.Fine(IncomingBundle fine) -> fine;
                    case IncomingBundle.Read.Faulty faulty -> throw Rejections.problem(faulty.rejection(), "");
                };
        BundleAnswer answer = new BundleAnswer(
                bundle.transaction() ? "transaction-response" : "batch-response",
                exchange.base(),
                Objects.equals(exchange.prefers("return"), "representation"),
                Objects.equals(exchange.prefers("return"), "OperationOutcome"));
        if (bundle.transaction()) {
            transaction(bundle, exchange, answer);
        } else {
            batch(bundle, exchange, answer);
        }
        exchange.send(HttpServletResponse.SC_OK, answer.bytes());
    }

    /** FHIR R4, section 3.1.0.11.2: deletions, creations, updates and patches, then reads. */
    private void transaction(IncomingBundle bundle, Exchange exchange, BundleAnswer answer) throws IOException {
        List<EntryRequest> requests = new ArrayList<>(bundle.entries().size());
        for (Entry entry : bundle.entries()) {
            requests.add(EntryRequest.of(entry, exchange.base()));
        }
        List<EntryRequest.Write> writes = requests.stream()
                .filter(EntryRequest.Write.class::isInstance)
                .map(EntryRequest.Write.class::cast)
                .sorted(Comparator.comparingInt(EntryRequest.Write::rank))
                .toList();
        List<Done> done = writes.isEmpty()
                ? List.of()
                : changes.apply(
                        writes.stream().map(EntryRequest.Write::change).toList(),
                        index -> EntryRequest.place(writes.get(index).index()));
        told(done);
        @Nullable Done[] byEntry = new @Nullable Done[requests.size()];
        for (int i = 0; i < done.size(); i++) {
            byEntry[writes.get(i).index()] = done.get(i);
        }
        for (EntryRequest entry : requests) {
            switch (entry) {
                case EntryRequest.Write write -> answer.add(Objects.requireNonNull(byEntry[write.index()]));
                case EntryRequest.Get get -> get(get, exchange, answer);
            }
        }
    }

    /** What a transaction wrote is known by its number; so it is one access. */
    private void told(List<Done> done) {
        if (done.isEmpty()) {
            return;
        }
        Set<String> patients =
                done.stream().map(Done::patientId).filter(Objects::nonNull).collect(Collectors.toSet());
        watch.told(watch.by(Access.Action.BATCH)
                .of(Access.Patients.of(patients))
                .at(done.stream().mapToLong(Done::t).max().orElse(0)));
    }

    private void batch(IncomingBundle bundle, Exchange exchange, BundleAnswer answer) throws IOException {
        for (Entry entry : bundle.entries()) {
            try {
                Deadline.current().check();
                switch (EntryRequest.of(entry, exchange.base())) {
                    case EntryRequest.Write write -> {
                        Done done = changes.apply(List.of(write.change()), index -> EntryRequest.place(write.index()))
                                .getFirst();
                        told(List.of(done));
                        answer.add(done);
                    }
                    case EntryRequest.Get get -> get(get, exchange, answer);
                }
            } catch (FhirProblem problem) {
                answer.add(problem);
            } catch (DeadlinePassed late) {
                answer.add(FhirProblem.tooLong());
            }
        }
    }

    /** A read that fails does not undo what was written: it says so in its place. */
    private void get(EntryRequest.Get get, Exchange exchange, BundleAnswer answer) throws IOException {
        try {
            Interactions.Got got = interactions.get(exchange.base(), get.path(), get.query());
            boolean known =
                    got.version() > 0 && get.ifNoneMatch() != null && ETags.names(get.ifNoneMatch(), got.version());
            answer.add(got, known);
        } catch (FhirProblem problem) {
            answer.add(problem);
        } catch (DeadlinePassed late) {
            answer.add(FhirProblem.tooLong());
        }
    }
}
