package allmende.app.subjects;

import allmende.app.audit.AccessLogReader;
import allmende.app.projects.DisclosureRegister;
import allmende.app.site.PatientFile;
import allmende.app.site.Site;
import allmende.app.site.SiteData;
import allmende.core.consent.ConsentExplanation;
import allmende.engine.store.Store;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Puts the report to a patient together. */
final class SubjectReports {

    private static final int ACCESSES_MAX = 1_000;

    private final Site site;
    private final AccessLogReader accesses;
    private final DisclosureRegister register;
    private final InstantSource clock;

    SubjectReports(Site site, AccessLogReader accesses, DisclosureRegister register, InstantSource clock) {
        this.site = site;
        this.accesses = accesses;
        this.register = register;
        this.clock = clock;
    }

    /** The report to the patient with this id. */
    SubjectReport of(String patient) {
        Store store = site.data().store();
        long t = store.currentT();
        List<SubjectReport.Held> held = new ArrayList<>();
        List<SubjectReport.Permitted> permissions = List.of();
        OptionalInt number = store.patientNumber(patient);
        if (number.isPresent()) {
            PatientFile file = new PatientFile(store, number.getAsInt(), t);
            for (String type : new TreeSet<>(store.countsByType().keySet())) {
                int count = file.all(type).size();
                if (count > 0) {
                    held.add(new SubjectReport.Held(type, count));
                }
            }
            permissions = permissions(file);
        }
        return new SubjectReport(
                patient,
                clock.instant(),
                t,
                held,
                permissions,
                accesses.find(new AccessLogReader.Wanted("", patient, null, null, Long.MAX_VALUE), ACCESSES_MAX),
                register.of(patient));
    }

    private static List<SubjectReport.Permitted> permissions(PatientFile file) {
        return ConsentExplanation.of(file.all("Consent"), file.all("Encounter"), SiteData.today()).policies().stream()
                .map(answer -> new SubjectReport.Permitted(
                        Integer.toString(answer.policy().number()),
                        answer.policy().de(),
                        answer.policy().en(),
                        answer.permitted(),
                        until(answer)))
                .toList();
    }

    private static @Nullable LocalDate until(ConsentExplanation.PolicyAnswer answer) {
        ConsentExplanation.Step deciding = answer.deciding();
        return deciding == null || !answer.permitted() || deciding.until().equals(LocalDate.MAX)
                ? null
                : deciding.until();
    }
}
