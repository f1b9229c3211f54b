package allmende.app.feasibility;

import allmende.app.site.Site;
import allmende.app.site.SiteData;
import allmende.app.site.SiteUnavailable;
import allmende.core.cohort.CohortQuery;
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
        SiteData data;
        try {
            data = site.data();
        } catch (SiteUnavailable e) {
            return new Counted.Unavailable(Objects.toString(e.getMessage(), ""), e.advice());
        }
        return switch (data.read(query)) {
            case ParsedQuery.Invalid invalid -> new Counted.Invalid(invalid.problems());
            case ParsedQuery.Valid valid -> slots.tryAcquire() ? run(data, valid.query(), today) : new Counted.Busy();
        };
    }

    /** Holds a slot until the count has really ended, also when its asker has given up. */
    private Counted run(SiteData data, CohortQuery query, LocalDate today) {
        long start = System.nanoTime();
        FutureTask<CountAnswer> task = new FutureTask<>(() -> {
            try {
                return data.count(query, today);
            } finally {
                slots.release();
            }
        });
        Thread.ofVirtual().name("count").start(task);
        try {
            CountAnswer answer = task.get(limits.countDurationMax().toMillis(), TimeUnit.MILLISECONDS);
            return new Counted.Answered(answer, Duration.ofNanos(System.nanoTime() - start));
        } catch (TimeoutException e) {
            return new Counted.TimedOut(limits.countDurationMax());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Counted.TimedOut(limits.countDurationMax());
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        }
    }
}
