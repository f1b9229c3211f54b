package allmende.core.disclosure;

import allmende.core.cohort.CohortQuery;
import allmende.core.cohort.Criterion;
import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
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
     * @param canonicalForm gives equal bytes for queries that ask the same
     */
    public static Question of(CohortQuery query, Function<CohortQuery, byte[]> canonicalForm) {
        byte[] canonical = sha256(canonicalForm.apply(query));
        ByteArrayOutputStream order = new ByteArrayOutputStream();
        order.writeBytes(canonical);
        query.inclusion().forEach(group -> order.writeBytes(group(group, canonicalForm)));
        order.write('-');
        query.exclusion().forEach(group -> order.writeBytes(group(group, canonicalForm)));
        List<List<String>> criteria = Stream.concat(query.inclusion().stream(), query.exclusion().stream())
                .map(group -> names(group, canonicalForm))
                .toList();
        return new Question(canonical, sha256(order.toByteArray()), criteria);
    }

    /** A group by itself. */
    private static byte[] group(List<Criterion> group, Function<CohortQuery, byte[]> canonical) {
        return sha256(canonical.apply(new CohortQuery(List.of(group), List.of())));
    }

    private static List<String> names(List<Criterion> group, Function<CohortQuery, byte[]> canonical) {
        return group.stream()
                .map(criterion -> HexFormat.of().formatHex(group(List.of(criterion), canonical)))
                .toList();
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
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
