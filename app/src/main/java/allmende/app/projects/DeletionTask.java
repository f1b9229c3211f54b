package allmende.app.projects;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a recipient has to delete.
 *
 * @param id random name
 * @param project identifier of the project
 * @param delivery which delivery it is about
 * @param recipient who has to delete
 * @param pseudonym whose data, as that delivery calls them
 * @param reason why, a stable code
 * @param at when it was made
 * @param fetchedAt when the recipient first saw it; null until then
 * @param confirmedAt when its deletion was confirmed; null until then
 * @param confirmedBy who confirmed it; empty until then
 * @param remark what was said about it
 */
record DeletionTask(
        String id,
        String project,
        String delivery,
        String recipient,
        String pseudonym,
        String reason,
        Instant at,
        @Nullable Instant fetchedAt,
        @Nullable Instant confirmedAt,
        String confirmedBy,
        String remark) {

    /** Whether it is done with. */
    public boolean confirmed() {
        return confirmedAt != null;
    }
}
