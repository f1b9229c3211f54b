package allmende.app.feasibility;

import allmende.app.site.Site;
import allmende.app.site.SiteData;
import allmende.app.site.SiteUnavailable;
import allmende.core.cohort.ParsedQuery;
import allmende.engine.count.CountAnswer;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** Counts queries over the running site's data, within {@link Limits}. */
public final class CountService {

    private final Site site;
    private final Limits limits;
    private final Semaphore slots;

    CountService(Site site, Limits limits) {
        this.site = site;
        this.limits = limits;
        this.slots = new Semaphore(limits.concurrentMax());
    }

    /** The bounds. */
    public Limits limits() {
        return limits;
    }

    /** Counts with today's date. */
    public Counted count(byte[] query) {
        return count(query, SiteData.today());
    }

    /**
     * Reads and counts a query.
     *
     * @param query a CCDL document
     * @param today the day by which ages are counted
     */
    public Counted count(byte[] query, LocalDate today) {
        if (query.length > limits.queryBytesMax()) {
            return new Counted.TooLarge(limits.queryBytesMax());
        }
        Bounded<Counted> counted = within(data -> switch (data.read(query)) {
            case ParsedQuery.Invalid invalid -> new Counted.Invalid(invalid.problems());
            case ParsedQuery.Valid valid -> counted(data, valid, today);
        });
        return switch (counted) {
            case Bounded.Done<Counted>(Counted result, Duration took) -> result;
            case Bounded.Busy<Counted>() -> new Counted.Busy();
            case Bounded.TimedOut<Counted>(Duration max) -> new Counted.TimedOut(max);
            case Bounded.Unavailable<Counted>(String reason, String advice) -> new Counted.Unavailable(reason, advice);
        };
    }

    private static Counted counted(SiteData data, ParsedQuery.Valid valid, LocalDate today) {
        long start = System.nanoTime();
        CountAnswer answer = data.count(valid.query(), today);
        return new Counted.Answered(answer, Duration.ofNanos(System.nanoTime() - start));
    }

    /** Works on the site's data; holds a slot until the work has really ended, also when its asker has given up. */
    public <T> Bounded<T> within(Function<SiteData, T> work) {
        SiteData data;
        try {
            data = site.data();
        } catch (SiteUnavailable e) {
            return new Bounded.Unavailable<>(Objects.toString(e.getMessage(), ""), e.advice());
        }
        if (!slots.tryAcquire()) {
            return new Bounded.Busy<>();
        }
        long start = System.nanoTime();
        FutureTask<T> task = new FutureTask<>(() -> {
            try {
                return work.apply(data);
            } finally {
                slots.release();
            }
        });
        // No virtual thread: counting stays inside the index's native code and would keep a carrier from all others.
        Thread.ofPlatform().daemon().name("count").start(task);
        try {
            T result = task.get(limits.countDurationMax().toMillis(), TimeUnit.MILLISECONDS);
            return new Bounded.Done<>(result, Duration.ofNanos(System.nanoTime() - start));
        } catch (TimeoutException e) {
            return new Bounded.TimedOut<>(limits.countDurationMax());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Bounded.TimedOut<>(limits.countDurationMax());
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        }
    }
}
