package allmende.core.estimate;

import java.util.List;
import java.util.Map;

/**
 * How many patients a question will probably find.
 *
 * @param low at least so many, if the statistics and their assumptions hold
 * @param likely the single best guess
 * @param high at most so many
 * @param sites the same by site id
 * @param notes what makes the estimate rougher
 */
public record Estimate(long low, long likely, long high, Map<String, Site> sites, List<Note> notes) {

    public Estimate {
        sites = Map.copyOf(sites);
        notes = List.copyOf(notes);
    }

    /** One site's part. */
    public record Site(long low, long likely, long high) {}

    /**
     * Something that the reader should know.
     *
     * @param code what it is
     * @param site the site that it is about; empty for all
     * @param pointer JSON pointer to the criterion in the question; empty for the whole question
     */
    public record Note(Code code, String site, String pointer) {}

    /** Kinds of notes. */
    public enum Code {
        /** The site has published no data for the criterion's context: it counts 0. */
        CONTEXT_MISSING,
        /** The site has published no number for the code: fewer patients than it may publish, perhaps none. */
        CODE_BELOW_THRESHOLD,
        /** An extension of the query language: the estimate is a rough factor. */
        EXTENSION_ROUGH,
        /** The site does not understand an extension that the question uses. */
        EXTENSION_NOT_UNDERSTOOD,
        /** Attribute or reference filters are not in the statistics: they only widen the bounds. */
        ATTRIBUTES_ROUGH,
        /** No histogram of values in a unit that converts: the value filter only widens the bounds. */
        VALUES_UNKNOWN,
        /** No site has published statistics. */
        NO_STATISTICS
    }
}
