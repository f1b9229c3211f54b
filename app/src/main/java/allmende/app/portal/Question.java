package allmende.app.portal;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A saved question: a cohort and the data wanted of it.
 *
 * @param id its number
 * @param name what its author calls it
 * @param notes what its author notes beside it; may be empty
 * @param owner number of the account that made it
 * @param team number of the team that it belongs to; null where the owner was in none
 * @param shared whether the team sees and edits it
 * @param revision grows with every change; whoever changes it names the one that they saw
 * @param undoable whether there is an edit to take back
 * @param redoable whether there is an edit to do again
 * @param document the current document, CRTDL as JSON text
 * @param created when it was made
 * @param changed when it was last changed
 */
public record Question(
        long id,
        String name,
        String notes,
        long owner,
        @Nullable Long team,
        boolean shared,
        long revision,
        boolean undoable,
        boolean redoable,
        String document,
        Instant created,
        Instant changed) {

    /** The document in UTF-8, as readers take it. */
    public byte[] bytes() {
        return document.getBytes(StandardCharsets.UTF_8);
    }

    /** Whether it is this viewer's own; only the owner shares and deletes it. */
    public boolean ownedBy(Viewer viewer) {
        return owner == viewer.account();
    }
}
