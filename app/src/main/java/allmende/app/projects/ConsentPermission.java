package allmende.app.projects;

import allmende.app.site.PatientFile;
import allmende.app.site.SiteData;
import allmende.core.cohort.ParsedQuery;
import allmende.core.consent.ConsentJob;
import allmende.core.consent.ConsentReason;
import allmende.core.consent.ConsentRequest;
import allmende.core.consent.ConsentVerdict;
import allmende.core.consent.PatientConsent;
import allmende.core.consent.Rules;
import allmende.core.fhir.FhirJson;
import allmende.engine.store.Store;
import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/**
 * Judges consent again by the rules of the extraction: whatever of a patient's data could leave then and could not now is
 * withdrawn.
 */
final class ConsentPermission implements Permission {

    private final Supplier<SiteData> site;
    private final Supplier<LocalDate> today;

    ConsentPermission(Supplier<SiteData> site, Supplier<LocalDate> today) {
        this.site = site;
        this.today = today;
    }

    @Override
    public Optional<String> withdrawn(DataUseProject project, String patient, long t, LocalDate day) {
        SiteData data = site.get();
        Store store = data.store();
        OptionalInt number = store.patientNumber(patient);
        JsonNode cohort = FhirJson.parse(project.request().crtdl()).path("cohortDefinition");
        if (number.isEmpty() || !(data.read(FhirJson.write(cohort)) instanceof ParsedQuery.Valid(var query))) {
            return Optional.empty();
        }
        PatientFile before = new PatientFile(store, number.getAsInt(), t);
        PatientFile after = new PatientFile(store, number.getAsInt(), store.currentT());
        PatientConsent then = consent(ConsentRequest.of(query, day, Rules.ALLMENDE), before);
        if (then.refusal().isPresent()) {
            return Optional.empty();
        }
        PatientConsent now = consent(ConsentRequest.of(query, today.get(), Rules.ALLMENDE), after);
        return now.refusal().map(ConsentReason::code).or(() -> store.countsByType().keySet().stream()
                .flatMap(type -> before.all(type).stream())
                .filter(resource -> then.decide(resource) instanceof ConsentVerdict.Allowed)
                .flatMap(resource -> withheld(now.decide(resource)).stream())
                .findFirst());
    }

    private static PatientConsent consent(ConsentRequest request, PatientFile file) {
        return new ConsentJob(request).of(file.all("Consent"), file.all("Encounter"));
    }

    private static Optional<String> withheld(ConsentVerdict verdict) {
        return switch (verdict) {
            case ConsentVerdict.Allowed allowed -> Optional.empty();
            case ConsentVerdict.Withheld(ConsentReason reason) -> Optional.of(reason.code());
        };
    }
}
