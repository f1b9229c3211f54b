package allmende.app.projects;

import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks after projects in the background: what changed in consents, and whose time is over. */
final class Watcher implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Watcher.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration AFTER_FAULT = Duration.ofSeconds(20);

    private final BuildRunner runner;
    private final Withdrawals withdrawals;
    private final Dispatch dispatch;
    private final Thread thread;
    private volatile boolean closed;

    Watcher(BuildRunner runner, Withdrawals withdrawals, Dispatch dispatch) {
        this.runner = runner;
        this.withdrawals = withdrawals;
        this.dispatch = dispatch;
        this.thread = Thread.ofPlatform().name("projects").daemon().unstarted(this::run);
    }

    void start() {
        runner.resume();
        thread.start();
    }

    private void run() {
        try {
            while (!closed) {
                Thread.sleep(step());
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    private Duration step() {
        try {
            withdrawals.catchUp();
            dispatch.expire();
            return PAUSE;
        } catch (IOException | RuntimeException fault) {
            if (!closed) {
                // the message of a database could quote values
                LOG.error(
                        "Following consents failed ({}); it goes on soon",
                        fault.getClass().getName());
                LOG.debug("Cause", fault);
            }
            return AFTER_FAULT;
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        if (!thread.isAlive()) {
            return;
        }
        try {
            thread.join(Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
