package allmende.engine.store;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When a request has taken its time. It is bound to the thread that carries the request out, and asked by whatever may go
 * on for long: statements of the store end by themselves, loops of the search look at it now and then.
 */
public final class Deadline {

    /** The one of work that nobody waits for. */
    private static final Deadline NONE = new Deadline(null);

    private static final ScopedValue<Deadline> CURRENT = ScopedValue.newInstance();

    private final @Nullable Long end;

    private Deadline(@Nullable Long end) {
        this.end = end;
    }

    /**
     * Work that is bounded.
     *
     * @param <X> what it may throw
     */
    @FunctionalInterface
    public interface Work<X extends Exception> {
        /** Does it. */
        void run() throws X;
    }

    /**
     * Does something that has to end in time.
     *
     * @throws DeadlinePassed where it did not
     */
    public static <X extends Exception> void within(Duration time, Work<X> work) throws X {
        run(new Deadline(System.nanoTime() + time.toNanos()), work);
    }

    /** Does something that may go on for as long as somebody takes what it gives, such as a table of all there is. */
    public static <X extends Exception> void without(Work<X> work) throws X {
        run(NONE, work);
    }

    private static <X extends Exception> void run(Deadline deadline, Work<X> work) throws X {
        ScopedValue.<Deadline>where(CURRENT, deadline).<@Nullable Void, X>call(() -> {
            work.run();
            return null;
        });
    }

    /** That of what this thread does now. */
    public static Deadline current() {
        return CURRENT.orElse(NONE);
    }

    /** Whether there is one. */
    public boolean isBound() {
        return end != null;
    }

    /** Whether the time is over. */
    public boolean passed() {
        return end != null && System.nanoTime() - end >= 0;
    }

    /**
     * Goes on only in time.
     *
     * @throws DeadlinePassed if the time is over
     */
    public void check() {
        if (passed()) {
            throw new DeadlinePassed();
        }
    }
}
