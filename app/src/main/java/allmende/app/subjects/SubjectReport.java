package allmende.app.subjects;

import allmende.app.audit.AccessLogReader;
import allmende.app.projects.DisclosureRegister;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The report to one patient.
 *
 * @param patient id of the patient
 * @param at when it was made
 * @param t snapshot of the site's data
 * @param held how much is held, by type of resource
 * @param permissions what the patient's consents permit today, policy by policy
 * @param accesses who accessed the data, newest first
 * @param disclosures which projects got it
 */
record SubjectReport(
        String patient,
        Instant at,
        long t,
        List<Held> held,
        List<Permitted> permissions,
        List<AccessLogReader.Row> accesses,
        List<DisclosureRegister.Disclosure> disclosures) {

    /** Copies the lists. */
    SubjectReport {
        held = List.copyOf(held);
        permissions = List.copyOf(permissions);
        accesses = List.copyOf(accesses);
        disclosures = List.copyOf(disclosures);
    }

    /** So many resources of a type. */
    record Held(String type, int count) {}

    /**
     * A policy that the patient has declared something about.
     *
     * @param code number of the policy
     * @param de what it is called in German
     * @param en what it is called in English
     * @param permitted whether it is permitted today
     * @param until last day of the permission; null where there is none or no end
     */
    record Permitted(
            String code,
            String de,
            String en,
            boolean permitted,
            @Nullable LocalDate until) {}

    /** Whether the site knows nothing of such a patient. */
    public boolean empty() {
        return held.isEmpty() && accesses.isEmpty() && disclosures.isEmpty();
    }
}
