package allmende.core.disclosure;

import java.time.LocalDate;

/**
 * What the use and access committee has decided about a project.
 *
 * @param positive whether it is for it
 * @param day when it decided
 * @param reference where that is written down, such as a number of minutes; not blank
 */
public record CommitteeVote(boolean positive, LocalDate day, String reference) {

    /** Refuses a vote that can't be looked up. */
    public CommitteeVote {
        if (reference.isBlank()) {
            throw new IllegalArgumentException("a vote has a reference");
        }
    }

    /** The same as one text, each part with its end. */
    public String written() {
        return (positive ? "positive" : "negative") + ", " + day + ", " + reference;
    }
}
