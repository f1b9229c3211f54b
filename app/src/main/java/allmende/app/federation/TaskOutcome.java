package allmende.app.federation;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What became of a task at one site. */
public sealed interface TaskOutcome {

    /**
     * The task is done.
     *
     * @param output the result, any JSON
     */
    record Completed(JsonNode output) implements TaskOutcome {}

    /**
     * The task could not be done.
     *
     * @param code stable code in capitals, for example {@code NOT_READY}; never a message with data
     */
    record Failed(String code) implements TaskOutcome {}

    /**
     * The site does not do the task. Handlers need not return this: policy, pause, rate limits and a person's refusal are
     * settled before a handler is asked.
     *
     * @param note a person's reason in their own words, where given
     */
    record Refused(Refusal reason, @Nullable String note) implements TaskOutcome {}
}
