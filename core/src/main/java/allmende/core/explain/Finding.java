package allmende.core.explain;

import java.util.List;
import java.util.Locale;

/**
 * Something in a query that its author may not have meant.
 *
 * @param pointer JSON pointer to the criterion or group that it is about; empty for the whole query
 * @param arguments texts for the sentence: names of concepts, numbers, names of sites
 * @param related pointers to what else is involved; may be empty
 */
public record Finding(Code code, Severity severity, String pointer, List<String> arguments, List<String> related) {

    public Finding {
        arguments = List.copyOf(arguments);
        related = List.copyOf(related);
    }

    /** How bad it is. */
    public enum Severity {
        /** The query can't find anyone, or part of it can't have an effect that its author wants. */
        ERROR,
        /** Most likely a mistake. */
        WARNING,
        /** Worth knowing. */
        HINT
    }

    /** Kinds of findings; stable, for translation. */
    public enum Code {
        /** A criterion that excludes is also one that everybody in the cohort must meet. */
        CONTRADICTION,
        /** An exclusion removes what an inclusion group asks for, wholly. */
        EXCLUSION_REMOVES_ALL,
        /** Two values are asked of one patient that no single result has; they are found in different results only. */
        VALUES_APART,
        /** Two ages, sexes or other facts of a person are asked for that nobody has at once. */
        PERSON_IMPOSSIBLE,
        /** No age passes the filter. */
        AGE_IMPOSSIBLE,
        /** The days asked for lie in the future. */
        TIME_IN_FUTURE,
        /** The days asked for lie too far from those of the criterion that they are to be close to. */
        TIME_APART,
        /** A group adds nothing, since another one asks for less. */
        GROUP_SUPERFLUOUS,
        /** The same criterion stands in the group twice. */
        REPEATED,
        /** A code is covered by another one of the same group. */
        CODE_COVERED,
        /** No site has data for this code. */
        NO_DATA,
        /** The code system does not list the code. */
        UNKNOWN_CODE,
        /** No value of the sites can be converted into the unit. */
        UNIT_MISMATCH,
        /** The question is about data that needs consent, and asks for none. */
        NO_CONSENT,
        /** Some sites do not understand what is asked beyond CCDL. */
        EXTENSION_NOT_UNDERSTOOD
    }

    /** The finding as a sentence with what to do, in German or English. */
    public String text(Locale language) {
        return FindingTexts.text(this, language);
    }
}
