package allmende.engine.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends statements of requests whose time is over. One thread looks now and then at all that run; a statement timeout of
 * the server would cost every read a round trip.
 */
final class Overdue implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Overdue.class);
    private static final long LOOKS_EVERY_MILLIS = 250;

    private final Set<Running> running = ConcurrentHashMap.newKeySet();
    private final AtomicReference<@Nullable Thread> watch = new AtomicReference<>();

    /** What runs on a connection under a deadline. */
    final class Running {
        private final Deadline deadline;
        private final Connection connection;
        private boolean over;

        private Running(Deadline deadline, Connection connection) {
            this.deadline = deadline;
            this.connection = connection;
        }

        /** While this is held the connection does not change hands, so that nobody else's statement is cancelled. */
        private synchronized void end() {
            if (!over) {
                try {
                    Database.postgres(connection).cancelQuery();
                } catch (SQLException e) {
                    LOG.warn("A statement that took too long could not be ended ({}).", e.getSQLState());
                }
            }
        }

        /** What it did is done, and the connection free for others. */
        synchronized void close() {
            over = true;
            running.remove(this);
        }
    }

    /** Watches over what this thread does with a connection; null where nobody waits for it. */
    @Nullable
    Running over(Connection connection) {
        Deadline deadline = Deadline.current();
        if (!deadline.isBound()) {
            return null;
        }
        deadline.check();
        Running one = new Running(deadline, connection);
        running.add(one);
        begin();
        return one;
    }

    /** The watch begins with the first that is to be watched. */
    private void begin() {
        if (watch.get() == null) {
            Thread thread =
                    Thread.ofPlatform().daemon().name("allmende-overdue").unstarted(this::look);
            if (watch.compareAndSet(null, thread)) {
                thread.start();
            }
        }
    }

    private void look() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Thread.sleep(LOOKS_EVERY_MILLIS);
                for (Running one : running) {
                    if (one.deadline.passed()) {
                        one.end();
                    }
                }
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        Thread thread = watch.get();
        if (thread != null) {
            thread.interrupt();
        }
    }
}
