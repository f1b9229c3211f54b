package allmende.app.projects;

import java.util.List;

/** The rules of de-identification that a project can name. */
interface Rules {

    /** What came of reading rules. */
    sealed interface Read {

        /** Rules that can be followed: their name, their text, the hash that approvals are bound to. */
        @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
        record Known(String name, byte[] text, String hash) implements Read {}

        /** None; with sentences about why. */
        record Refused(List<String> problems) implements Read {}
    }

    /** Names of the sets that are shipped. */
    List<String> shipped();

    /** A shipped set by its name, or with an empty name the project's own. */
    Read read(String name, byte[] own);
}
