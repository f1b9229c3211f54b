package allmende.bench;

import allmende.core.fhir.ResourceKey;
import allmende.engine.store.FeedVersion;
import allmende.engine.store.VersionPage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.LongConsumer;

/**
 * A feed of small generated resources that grows when told to. A patient has four Conditions and fifteen Observations,
 * a transaction holds 25 patients. The same resource has the same content in each run. Rare codes and names exist for each
 * size that is measured and are spread evenly over all resources up to it, so that their hits are the same at each size.
 */
final class ScaleFeed extends EmptyStore {

    /** Resources of a transaction. */
    static final int TRANSACTION = 500;

    static final String SYSTEM = "https://example.org/codes";
    static final String FREQUENT_LABORATORY = "718-7";
    static final String FREQUENT_DIAGNOSIS = "I10.90";

    private static final int OF_PATIENT = 20;
    private static final int CONDITIONS = 4;
    private static final int RARE_PATIENTS = 250;
    private static final int RARE_DIAGNOSES = 1_000;
    private static final int RARE_VALUES = 1_000;
    private static final int CODES = 200;
    private static final int DAYS = 3_650;
    private static final Instant BEGIN = Instant.parse("2025-01-01T00:00:00Z");
    private static final LocalDate FIRST_DAY = LocalDate.of(2015, 1, 1);

    private final List<Long> sizes;
    private volatile long t;
    private volatile LongConsumer listener = reached -> {};

    /** A feed that is going to be measured at these sizes, in resources. */
    ScaleFeed(List<Long> sizes) {
        this.sizes = List.copyOf(sizes);
    }

    /** Lets so many resources be there. */
    void grow(long size) {
        t = size / TRANSACTION;
        listener.accept(t);
    }

    @Override
    public long currentT() {
        return t;
    }

    @Override
    public Subscription onCommit(LongConsumer told) {
        listener = told;
        return () -> listener = reached -> {};
    }

    @Override
    public VersionPage versions(long afterT, int limit) {
        long newest = t;
        long until = Math.min(newest, afterT + Math.max(1, limit / TRANSACTION));
        List<FeedVersion> versions = new ArrayList<>();
        for (long transaction = afterT + 1; transaction <= until; transaction++) {
            Instant at = BEGIN.plusSeconds(transaction);
            long first = (transaction - 1) * TRANSACTION;
            for (long number = first; number < first + TRANSACTION; number += OF_PATIENT) {
                patient(versions, number, transaction, at);
            }
        }
        return new VersionPage(Math.max(afterT, until), versions, until == newest);
    }

    private void patient(List<FeedVersion> versions, long first, long transaction, Instant at) {
        SplittableRandom random = new SplittableRandom(first);
        long patient = first / OF_PATIENT;
        String id = "p" + patient;
        String body = "{\"resourceType\":\"Patient\",\"id\":\"" + id + "\",\"gender\":\""
                + (random.nextBoolean() ? "female" : "male") + "\",\"birthDate\":\""
                + LocalDate.of(1930, 1, 1).plusDays(random.nextInt(32_000)) + "\",\"name\":[{\"family\":\""
                + rareOr("Rare", patient, OF_PATIENT * RARE_PATIENTS, "Name" + random.nextInt(5_000)) + "\"}]}";
        versions.add(version(new ResourceKey("Patient", id), first, transaction, at, body));
        for (int i = 1; i < OF_PATIENT; i++) {
            boolean condition = i <= CONDITIONS;
            String type = condition ? "Condition" : "Observation";
            String ownId = (condition ? "c" : "o") + (first + i);
            String content = condition ? condition(patient, i, random) : observation(patient, i, random);
            versions.add(version(
                    new ResourceKey(type, ownId),
                    first + i,
                    transaction,
                    at,
                    "{\"resourceType\":\"" + type + "\",\"id\":\"" + ownId + "\",\"subject\":{\"reference\":\"Patient/"
                            + id + "\"}," + content + "}"));
        }
    }

    private String condition(long patient, int number, SplittableRandom random) {
        String usual = random.nextInt(10) == 0 ? FREQUENT_DIAGNOSIS : "D" + random.nextInt(CODES);
        String code = number == 1 ? rareOr("rare-diagnosis", patient, OF_PATIENT * RARE_DIAGNOSES, usual) : usual;
        return coded(code) + ",\"recordedDate\":\"" + day(random) + "\"";
    }

    private String observation(long patient, int number, SplittableRandom random) {
        String usual = random.nextInt(10) == 0 ? FREQUENT_LABORATORY : "L" + random.nextInt(CODES);
        String code = number == OF_PATIENT - 1 ? rareOr("rare-value", patient, OF_PATIENT * RARE_VALUES, usual) : usual;
        return "\"status\":\"final\"," + coded(code) + ",\"effectiveDateTime\":\"" + day(random)
                + String.format(Locale.ROOT, "T%02d:%02d:00Z", random.nextInt(24), random.nextInt(60))
                + "\",\"valueQuantity\":{\"value\":" + (80 + random.nextInt(80)) / 10.0
                + ",\"unit\":\"g/dL\",\"system\":\"http://unitsofmeasure.org\",\"code\":\"g/dL\"}";
    }

    /** The first size whose turn it is at this patient decides; where it is none's, the usual word. */
    private String rareOr(String word, long patient, long hitsTimesPerPatient, String usual) {
        for (int i = 0; i < sizes.size(); i++) {
            long size = sizes.get(i);
            long step = size / hitsTimesPerPatient;
            if (patient < size / OF_PATIENT && patient % step == i % step) {
                return word + "-" + size;
            }
        }
        return usual;
    }

    private static String coded(String code) {
        return "\"code\":{\"coding\":[{\"system\":\"" + SYSTEM + "\",\"code\":\"" + code + "\"}]}";
    }

    private static LocalDate day(SplittableRandom random) {
        return FIRST_DAY.plusDays(random.nextInt(DAYS));
    }

    private static FeedVersion version(ResourceKey key, long number, long transaction, Instant at, String body) {
        return new FeedVersion(key, number + 1, 1, transaction, at, body.getBytes(StandardCharsets.UTF_8));
    }
}
