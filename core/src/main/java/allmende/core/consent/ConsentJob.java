package allmende.core.consent;

import allmende.core.consent.ConsentRecord.Oddity;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLongArray;
import tools.jackson.databind.JsonNode;

/**
 * Evaluates consent patient by patient for one job, always for the job's one day, and counts what was odd. Thread-safe.
 */
public final class ConsentJob {

    private final ConsentRequest request;
    private final PolicyCatalogue catalogue = PolicyCatalogue.shipped();
    private final int day;
    private final AtomicLongArray oddities = new AtomicLongArray(ConsentReason.values().length);

    /** For what a job asks. */
    public ConsentJob(ConsentRequest request) {
        this.request = request;
        this.day = (int) request.day().toEpochDay();
    }

    /** What the job asks. */
    public ConsentRequest request() {
        return request;
    }

    /**
     * What a patient permits.
     *
     * @param consents all Consents of the patient, in any order
     * @param encounters all Encounters of the patient, in any order: consent given during a stay covers the stay
     */
    public PatientConsent of(List<JsonNode> consents, List<JsonNode> encounters) {
        if (!request.enforced()) {
            return PatientConsent.free();
        }
        if (request.rules() == Rules.REFERENCE) {
            return ReferenceConsent.of(consents, encounters, request);
        }
        List<ConsentRecord> records = new ArrayList<>(consents.size());
        for (JsonNode consent : consents) {
            ConsentRecord record = ConsentReader.read(consent, catalogue);
            record.oddities().forEach(this::count);
            records.add(record);
        }
        return PatientConsent.of(new Declarations(catalogue, records), catalogue, request, Stays.of(encounters, day));
    }

    @SuppressWarnings("EnumOrdinal") // counters of this run alone, never stored
    private void count(Oddity oddity) {
        oddities.incrementAndGet(oddity.reason().ordinal());
    }

    /** How often each oddity of a Consent was met so far, by its stable code; those never met are left out. */
    @SuppressWarnings("EnumOrdinal") // as in count
    public SortedMap<String, Long> oddities() {
        Map<ConsentReason, Long> counts = new EnumMap<>(ConsentReason.class);
        for (ConsentReason reason : ConsentReason.values()) {
            counts.put(reason, oddities.get(reason.ordinal()));
        }
        SortedMap<String, Long> met = new TreeMap<>();
        counts.forEach((reason, count) -> {
            if (count > 0) {
                met.put(reason.code(), count);
            }
        });
        return met;
    }
}
