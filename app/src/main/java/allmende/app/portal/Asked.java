package allmende.app.portal;

import java.time.Duration;

/** What became of the wish to ask the sites. */
public sealed interface Asked {

    /** It is stored and on its way. */
    record Sent(Ask ask) implements Asked {}

    /** There is no such question for this person. */
    record Missing() implements Asked {}

    /** Somebody changed the question in between; what would be asked is not what was seen. */
    record Stale() implements Asked {}

    /** The coordination office has not confirmed where this person belongs. */
    record Unconfirmed() implements Asked {}

    /** Too many questions within a minute; {@code retryAfter} until the next may be asked. */
    record Slower(Duration retryAfter) implements Asked {}

    /** The week's questions are used up; locked until a person resets it. */
    record Locked() implements Asked {}

    /** No site takes part. */
    record NobodyThere() implements Asked {}

    /** The document is no question that could be asked: unreadable, without criteria, or too long. */
    record Unfit() implements Asked {}
}
