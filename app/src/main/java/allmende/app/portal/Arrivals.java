package allmende.app.portal;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Wakes those who wait for answers of sites. */
final class Arrivals {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private long told;

    /** Something has come. */
    void tell() {
        lock.lock();
        try {
            told++;
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** How often something has come; to be read before looking, so that nothing is missed in between. */
    long told() {
        lock.lock();
        try {
            return told;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until something has come since {@code known}, at most so long. */
    void await(long known, Duration longest) throws InterruptedException {
        long rest = longest.toNanos();
        lock.lock();
        try {
            while (told == known && rest > 0) {
                rest = news.awaitNanos(rest);
            }
        } finally {
            lock.unlock();
        }
    }
}
