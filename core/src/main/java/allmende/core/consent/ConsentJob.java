package allmende.core.consent;

import allmende.core.consent.ConsentRecord.Oddity;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Evaluates consent patient by patient for one job, always for the job's one day, and counts what was odd. Thread-safe.
 */
public final class ConsentJob {

    private final ConsentRequest request;
    private final PolicyCatalogue catalogue = PolicyCatalogue.shipped();
    private final int day;
    private final BitSet wanted;
    private final Policy use;
    private final List<Policy> past;
    private final Map<ConsentReason, LongAdder> oddities = new EnumMap<>(ConsentReason.class);

    /** For what a job asks. */
    public ConsentJob(ConsentRequest request) {
        this.request = request;
        for (ConsentReason reason : ConsentReason.values()) {
            oddities.put(reason, new LongAdder());
        }
        this.day = (int) request.day().toEpochDay();
        this.use = catalogue.get(Policy.USE);
        this.past = Stream.of(Policy.RETRO_STORE, Policy.RETRO_USE)
                .filter(request::asks)
                .map(catalogue::get)
                .toList();
        this.wanted = wanted(catalogue, Policy.COLLECT, Policy.USE, Policy.RETRO_STORE, Policy.RETRO_USE);
    }

    /** These policies and the modules that they belong to. */
    private static BitSet wanted(PolicyCatalogue catalogue, int... policies) {
        BitSet wanted = new BitSet(catalogue.size());
        for (int number : policies) {
            Policy policy = catalogue.find(number);
            wanted.set(number);
            wanted.set(policy == null ? number : policy.module());
        }
        return wanted;
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
        return of(read(consents), encounters);
    }

    /** What a patient has declared, in order, as far as this job needs it: for who evaluates the same more than once. */
    public Declarations read(List<JsonNode> consents) {
        List<ConsentRecord> records = new ArrayList<>(consents.size());
        for (JsonNode consent : consents) {
            ConsentRecord record = ConsentReader.read(consent, catalogue, wanted);
            record.oddities().forEach(this::count);
            records.add(record);
        }
        return new Declarations(catalogue, records);
    }

    /**
     * What a patient permits by our own rules.
     *
     * @param declarations as {@link #read} by this job
     */
    public PatientConsent of(Declarations declarations, List<JsonNode> encounters) {
        return PatientConsent.of(declarations, use, past, day, Stays.of(encounters, day));
    }

    @SuppressWarnings("EnumOrdinal") // counters of this run alone, never stored
    private void count(Oddity oddity) {
        LongAdder counter = oddities.get(oddity.reason());
        if (counter != null) {
            counter.increment();
        }
    }

    /** How often each oddity of a Consent was met so far, by its stable code; those never met are left out. */
    @SuppressWarnings("EnumOrdinal") // as in count
    public SortedMap<String, Long> oddities() {
        SortedMap<String, Long> met = new TreeMap<>();
        oddities.forEach((reason, count) -> {
            if (count.sum() > 0) {
                met.put(reason.code(), count.sum());
            }
        });
        return met;
    }
}
