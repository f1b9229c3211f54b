package allmende.app.operations;

import allmende.engine.index.CohortIndex;
import allmende.engine.index.IndexProgress;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A rebuild of the index in the background, at most one at a time. */
final class Rebuild {

    private static final Logger LOG = LoggerFactory.getLogger(Rebuild.class);

    private enum Phase {
        IDLE,
        RUNNING,
        FAILED
    }

    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.IDLE);

    boolean running() {
        return phase.get() == Phase.RUNNING;
    }

    /** Whether the last one ended with an error, which the site's log tells. */
    boolean failed() {
        return phase.get() == Phase.FAILED;
    }

    /** False where one is running. */
    boolean start(CohortIndex index) {
        Phase before = phase.get();
        if (before == Phase.RUNNING || !phase.compareAndSet(before, Phase.RUNNING)) {
            return false;
        }
        Thread.ofPlatform().name("index-rebuild").daemon().start(() -> run(index));
        return true;
    }

    private void run(CohortIndex index) {
        Phase end = Phase.FAILED;
        try {
            index.rebuild(IndexProgress.NONE);
            end = Phase.IDLE;
        } catch (RuntimeException e) {
            LOG.error("The index could not be rebuilt", e);
        } finally {
            phase.set(end);
        }
    }
}
