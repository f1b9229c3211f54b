package allmende.app.portal;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A line in the list of questions.
 *
 * @param id its number
 * @param name what its author calls it
 * @param notes what its author notes beside it; may be empty
 * @param owner number of the account that made it
 * @param shared whether its team sees it
 * @param changed when it was last changed
 * @param asks how often the sites were asked
 * @param lastAsk number of the newest of them; null where there is none
 */
public record QuestionEntry(
        long id,
        String name,
        String notes,
        long owner,
        boolean shared,
        Instant changed,
        int asks,
        @Nullable Integer lastAsk) {}
