package allmende.core.disclosure;

import allmende.core.cohort.CanonicalQuery;
import allmende.core.cohort.CohortQuery;
import allmende.core.cohort.Criterion;
import allmende.core.digest.Sha256;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a question asks, as far as its answer depends on it. Noise follows from this and not from how it is written.
 *
 * <p>The size of a cohort and its distribution depend on the canonical question alone. The steps of the funnel depend on
 * the order of the groups as well, so another order is another question about the steps: if the noise of the steps did
 * not change with the order, asking in two orders would show the exact difference between two steps.
 */
public final class Question {

    private final byte[] canonical;
    private final byte[] arranged;
    private final List<List<String>> criteria;

    private Question(byte[] canonical, byte[] arranged, List<List<String>> criteria) {
        this.canonical = canonical;
        this.arranged = arranged;
        this.criteria = criteria;
    }

    /**
     * What a query asks.
     *
     * @param today the day that ages are counted on
     * @param rules under other rules it is another question: its noise is fresh and it is charged again
     */
    public static Question of(CohortQuery query, LocalDate today, DisclosureRules rules) {
        byte[] canonical = sha256(rules.fingerprint(), CanonicalQuery.of(query, today));
        List<List<String>> criteria = Stream.concat(query.inclusion().stream(), query.exclusion().stream())
                .map(Question::names)
                .toList();
        return new Question(canonical, sha256(canonical, CanonicalQuery.stepwise(query)), criteria);
    }

    private static List<String> names(List<Criterion> group) {
        return group.stream()
                .map(criterion -> HexFormat.of().formatHex(sha256(CanonicalQuery.of(criterion))))
                .toList();
    }

    private static byte[] sha256(byte[]... parts) {
        MessageDigest digest = Sha256.fresh();
        for (byte[] part : parts) {
            // lengths first, so that no two lists of parts run together to the same bytes
            digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array());
            digest.update(part);
        }
        return digest.digest();
    }

    /** SHA-256 of the canonical question, hexadecimal. */
    public String id() {
        return HexFormat.of().formatHex(canonical);
    }

    /** SHA-256 of the canonical question with the order of its groups, hexadecimal. */
    public String arrangement() {
        return HexFormat.of().formatHex(arranged);
    }

    byte[] canonical() {
        return canonical.clone();
    }

    byte[] arranged() {
        return arranged.clone();
    }

    /** A name of a criterion that is the same however it is written; steps are inclusion, then exclusion. */
    String criterion(int step, int criterion) {
        return criteria.get(step).get(criterion);
    }
}
