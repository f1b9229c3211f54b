package allmende.app.federation.hub;

import allmende.app.federation.PartyId;
import allmende.app.federation.exchange.Queued;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The calls that are held open: one for each site. A newer call of a site ends its older one. */
final class Polls {

    private final Map<PartyId, Poll> open = new ConcurrentHashMap<>();
    private volatile boolean stopped;

    /** A call that is held open. */
    final class Poll implements AutoCloseable {

        private final PartyId site;
        private final Semaphore news = new Semaphore(0);
        private volatile boolean ended;
        private volatile @Nullable Queued inHand;

        private Poll(PartyId site) {
            this.site = site;
        }

        /** Waits until there may be news; false if the call is to end. */
        boolean await(Duration longest) throws InterruptedException {
            boolean woken = news.tryAcquire(longest.toMillis(), TimeUnit.MILLISECONDS);
            news.drainPermits();
            return woken && !ended && !stopped;
        }

        /** A message that waits for the site; null if it has to be looked for. */
        @Nullable
        Queued inHand() {
            return inHand;
        }

        boolean isEnded() {
            return ended || stopped;
        }

        @Override
        public void close() {
            open.remove(site, this);
        }
    }

    Poll open(PartyId site) {
        Poll poll = new Poll(site);
        Poll older = open.put(site, poll);
        if (older != null) {
            end(older);
        }
        return poll;
    }

    boolean isOpen(PartyId site) {
        return open.containsKey(site);
    }

    int count() {
        return open.size();
    }

    void wake(Collection<PartyId> sites) {
        for (PartyId site : sites) {
            Poll poll = open.get(site);
            if (poll != null) {
                poll.news.release();
            }
        }
    }

    /** Hands each site's message to its call. */
    void hand(Map<PartyId, Queued> messages) {
        messages.forEach((site, message) -> {
            Poll poll = open.get(site);
            if (poll != null) {
                poll.inHand = message;
                poll.news.release();
            }
        });
    }

    void wakeAll() {
        open.values().forEach(poll -> poll.news.release());
    }

    void end(PartyId site) {
        Poll poll = open.get(site);
        if (poll != null) {
            end(poll);
        }
    }

    void start() {
        stopped = false;
    }

    /** Ends all calls, and those that still come. */
    void stop() {
        stopped = true;
        wakeAll();
    }

    private static void end(Poll poll) {
        poll.ended = true;
        poll.news.release();
    }
}
