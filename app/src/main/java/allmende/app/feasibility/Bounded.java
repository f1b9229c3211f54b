package allmende.app.feasibility;

import java.time.Duration;

/** What became of work on the site's data within {@link Limits}. */
public sealed interface Bounded<T> {

    /** It was done within {@code took}. */
    record Done<T>(T result, Duration took) implements Bounded<T> {}

    /** As many others are being counted as may be; try again. */
    record Busy<T>() implements Bounded<T> {}

    /** It did not finish in time. */
    record TimedOut<T>(Duration max) implements Bounded<T> {}

    /** The site's data is not open. */
    record Unavailable<T>(String reason, String advice) implements Bounded<T> {}
}
