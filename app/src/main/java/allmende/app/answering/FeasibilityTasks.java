package allmende.app.answering;

import allmende.app.audit.AuditEvent;
import allmende.app.audit.AuditTrail;
import allmende.app.feasibility.Bounded;
import allmende.app.feasibility.CountService;
import allmende.app.federation.IncomingTask;
import allmende.app.federation.Outpost;
import allmende.app.federation.TaskHandler;
import allmende.app.federation.TaskOutcome;
import allmende.app.release.ReleaseDesk;
import allmende.app.release.Requester;
import allmende.app.site.SiteData;
import allmende.core.cohort.Answerable;
import allmende.core.cohort.CohortQuery;
import allmende.core.cohort.Feature;
import allmende.core.cohort.ParsedQuery;
import allmende.core.cohort.Problem;
import allmende.core.disclosure.SiteAnswer;
import allmende.core.disclosure.SiteAnswerJson;
import allmende.core.fhir.FhirJson;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/**
 * Counts a portal's question and answers what the release desk lets out. The input is
 * {@code {"query": CCDL, "requester": {"pseudonym": text, "role": text}}}.
 *
 * <p>Done twice over the same snapshot it gives the same answer, which the federation relies on after a crash.
 */
final class FeasibilityTasks implements TaskHandler {

    private static final String MALFORMED = "MALFORMED";
    private static final String NOT_READY = "NOT_READY";
    private static final String BUSY = "BUSY";

    private final CountService counts;
    private final ReleaseDesk desk;
    private final AuditTrail audit;
    private final Supplier<Set<Feature>> understood;

    FeasibilityTasks(CountService counts, ReleaseDesk desk, AuditTrail audit, Outpost outpost) {
        this.counts = counts;
        this.desk = desk;
        this.audit = audit;
        this.understood = () -> understood(outpost.status().featuresOff());
    }

    /** All features of the query language but those that the site's policy turns off. */
    static Set<Feature> understood(Set<String> off) {
        Set<Feature> features = EnumSet.allOf(Feature.class);
        features.removeIf(feature -> off.contains(feature.name()));
        return features;
    }

    @Override
    public TaskOutcome handle(IncomingTask task) {
        JsonNode query = task.input().path("query");
        String pseudonym = task.input().path("requester").path("pseudonym").asString("");
        if (!query.isObject() || pseudonym.isEmpty()) {
            return new TaskOutcome.Failed(MALFORMED);
        }
        Requester requester = new Requester(task.from().value(), pseudonym);
        audit.record(AuditEvent.of("portal:" + task.from().value(), "question.received", "task:" + task.id())
                .withHashOf(FhirJson.write(query)));
        Bounded<SiteAnswer> answer = counts.within(data -> answer(data, FhirJson.write(query), requester));
        return switch (answer) {
            case Bounded.Done<SiteAnswer> done -> new TaskOutcome.Completed(SiteAnswerJson.write(done.result()));
            case Bounded.TimedOut<SiteAnswer> late ->
                new TaskOutcome.Completed(SiteAnswerJson.write(new SiteAnswer.TimedOut()));
            case Bounded.Busy<SiteAnswer> busy -> new TaskOutcome.Failed(BUSY);
            case Bounded.Unavailable<SiteAnswer> unavailable -> new TaskOutcome.Failed(NOT_READY);
        };
    }

    private SiteAnswer answer(SiteData data, byte[] query, Requester requester) {
        return switch (data.read(query)) {
            case ParsedQuery.Invalid(List<Problem> problems) -> new SiteAnswer.Unanswerable(problems);
            case ParsedQuery.Valid(CohortQuery cohort) -> {
                List<Problem> problems =
                        Answerable.unanswerable(cohort, data.index().contextsWithData(), understood.get());
                if (!problems.isEmpty()) {
                    yield new SiteAnswer.Unanswerable(problems);
                }
                LocalDate today = SiteData.today();
                yield desk.release(data.report(cohort, today), cohort, today, requester);
            }
        };
    }
}
