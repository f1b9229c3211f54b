package allmende.core.document;

import org.jspecify.annotations.Nullable;

/**
 * One change that an upgrade has made to a document.
 *
 * @param pointer JSON pointer (RFC 6901) to the place, in the document before the change
 * @param before what stood there, as compact JSON; null where nothing did
 * @param after what stands there now, as compact JSON; null where nothing does
 */
public record Difference(
        String pointer, @Nullable String before, @Nullable String after, Reason reason) {

    /** Why something was changed. */
    public enum Reason {
        /** The version is that of the newest format. */
        VERSION,
        /** The newest format has another name for this member. */
        RENAMED,
        /** The newest format spells this value otherwise. */
        RESPELT,
        /** The newest format has a list here. */
        LIST,
        /** The newest format asks for the criterion's context; it follows from the code. */
        CONTEXT,
        /** A code's former system has a new address. */
        SYSTEM,
        /** The newest format asks for this member; a text was derived. */
        ADDED
    }
}
