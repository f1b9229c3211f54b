package allmende.engine.load;

import allmende.core.fhir.Reference;
import allmende.core.fhir.ResourceKey;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a bundle's entries are about, known before any of them is read in full: under which key each will be stored, and
 * so what the references between them mean.
 */
final class BundlePlan {

    /** Relation of a link that says which bundle an entry came from, so that it gets the same id when it is retried. */
    static final String ORIGIN = "urn:allmende:origin";

    /** Relations of links that say what a reference to a sibling means, for an entry that is retried without them. */
    static final String SIBLING = "urn:allmende:sibling:";

    private final BundleKind kind;
    private final String digest;
    private final int firstIndex;
    private final Map<String, String> literals = new HashMap<>();
    private final Set<Object> seen = new HashSet<>();
    private final BitSet duplicates = new BitSet();

    private BundlePlan(BundleKind kind, String digest, int firstIndex) {
        this.kind = kind;
        this.digest = digest;
        this.firstIndex = firstIndex;
    }

    /**
     * Begins a plan.
     *
     * @param digest of the bundle's bytes: names resources that have no id
     * @param links of the bundle, among which an entry out of quarantine finds where it came from
     */
    static BundlePlan begin(BundleKind kind, String digest, Map<String, String> links) {
        String origin = links.getOrDefault(ORIGIN, "");
        int hash = origin.indexOf('#');
        BundlePlan plan;
        if (hash > 0 && origin.substring(hash + 1).matches("[0-9]{1,9}")) {
            plan = new BundlePlan(kind, origin.substring(0, hash), Integer.parseInt(origin.substring(hash + 1)));
        } else {
            plan = new BundlePlan(kind, digest, 0);
        }
        links.forEach((relation, url) -> {
            if (relation.startsWith(SIBLING)) {
                plan.literals.put(relation.substring(SIBLING.length()), url);
            }
        });
        return plan;
    }

    BundleKind kind() {
        return kind;
    }

    /** Which bundle and entry this is, for {@link #ORIGIN}. */
    String origin(int index) {
        return digest + "#" + (firstIndex + index);
    }

    /** Takes note of the next entry. */
    void note(int index, EntryHead head) {
        if (!(EntryAction.of(head, this, index) instanceof EntryAction.Planned(Action action))) {
            return;
        }
        String literal;
        ResourceKey key;
        switch (action) {
            case Action.Write write -> {
                key = write.key();
                literal = key.toString();
            }
            case Action.CreateIfNone create -> {
                key = create.key();
                literal = create.query().literal();
            }
            case Action.WriteMatch match -> {
                key = match.key();
                literal = match.query().literal();
            }
            case Action.Delete delete -> {
                noteKey(index, delete.key());
                return;
            }
            case Action.DeleteMatch match -> {
                noteKey(index, match.query());
                return;
            }
        }
        noteKey(index, key);
        if (!duplicates.get(index)) {
            noteLiteral(head, literal);
        }
    }

    /** Ends the plan: what was only needed to make it is let go. */
    BundlePlan complete() {
        seen.clear();
        return this;
    }

    /** Whether an earlier entry is about the same resource. */
    boolean isDuplicate(int index) {
        return duplicates.get(index);
    }

    /** What a reference means by this bundle; null where the bundle does not speak of it. */
    @Nullable
    String resolve(String literal) {
        String exact = literals.get(literal);
        if (exact != null || literal.indexOf("/_history/") < 0) {
            return exact;
        }
        return literals.get(literal.substring(0, literal.indexOf("/_history/")));
    }

    /** The id of an entry that brings none: that of its full URL, else made of the bundle's content and the index. */
    String newId(EntryHead head, int index) {
        String fullUrl = head.fullUrl();
        if (fullUrl != null) {
            if (fullUrl.startsWith("urn:uuid:") && Ids.isLegal(fullUrl.substring("urn:uuid:".length()))) {
                return fullUrl.substring("urn:uuid:".length());
            }
            ResourceKey key =
                    kind == BundleKind.COLLECTION ? Reference.parse(fullUrl).resourceKey() : null;
            if (key != null && key.type().equals(head.type())) {
                return key.id();
            }
        }
        return Ids.named(origin(index));
    }

    private void noteKey(int index, Object key) {
        if (!seen.add(key)) {
            duplicates.set(index);
        }
    }

    private void noteLiteral(EntryHead head, String literal) {
        if (head.fullUrl() != null) {
            literals.putIfAbsent(head.fullUrl(), literal);
        }
        if (head.type() != null && head.id() != null) {
            String own = head.type() + "/" + head.id();
            if (!own.equals(literal)) {
                literals.putIfAbsent(own, literal);
            }
        }
    }
}
