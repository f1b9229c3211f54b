package allmende.app.pseudonyms;

import allmende.core.deident.pseudonym.PseudonymForm;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A domain: within it, an original has the same pseudonym always, and what two domains call it can't be told from another.
 *
 * @param id number in this database
 * @param name by which it is called; unique
 * @param parent name of the domain whose pseudonyms are the originals here; null where originals come from outside
 * @param form what its pseudonyms look like
 * @param policy how it behaves
 * @param held how many pseudonyms it holds
 * @param madeAt when it was made
 * @param madeBy by whom
 * @param usedAt when a pseudonym was last made or looked up, give or take a minute; null for never
 */
public record PseudonymDomain(
        int id,
        String name,
        @Nullable String parent,
        PseudonymForm form,
        Policy policy,
        long held,
        Instant madeAt,
        String madeBy,
        @Nullable Instant usedAt) {

    /**
     * How a domain behaves.
     *
     * @param several whether an original may have several pseudonyms
     * @param deletes whether pseudonyms may be deleted
     */
    public record Policy(boolean several, boolean deletes) {

        /** One pseudonym for an original, which may be deleted. */
        public static final Policy USUAL = new Policy(false, true);
    }

    /** How many more it takes. */
    public long left() {
        return Math.max(0, form.room() - held);
    }

    /** How full it is, in per cent of what it takes. */
    public double percentFull() {
        return 100.0 * held / form.room();
    }
}
