package allmende.app.projects;

import allmende.core.digest.Sha256;
import java.time.Instant;
import java.util.List;
import javax.crypto.SecretKey;

/** Tells what of a patient went where; asked for a patient who wants to know. */
public final class DisclosureRegister {

    private final DeliveryTables deliveries;
    private final SecretKey patients;

    DisclosureRegister(DeliveryTables deliveries, SecretKey patients) {
        this.deliveries = deliveries;
        this.patients = patients;
    }

    /**
     * What went to one project in one delivery.
     *
     * @param project identifier of the project
     * @param title its title
     * @param recipient who got it
     * @param delivery name of the delivery
     * @param at when
     * @param pseudonym what the patient is called there
     */
    public record Disclosure(
            String project, String title, String recipient, String delivery, Instant at, String pseudonym) {}

    /** All that went anywhere of this patient, newest first. */
    public List<Disclosure> of(String patient) {
        return deliveries.of(Sha256.keyed(patients, patient)).stream()
                .map(entry -> new Disclosure(
                        entry.project(),
                        entry.title(),
                        entry.recipient(),
                        entry.delivery(),
                        entry.at(),
                        entry.pseudonym()))
                .toList();
    }
}
