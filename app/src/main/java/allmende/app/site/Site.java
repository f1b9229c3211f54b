package allmende.app.site;

import allmende.engine.store.Store;
import allmende.engine.store.StoreUnavailable;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of a site in a server: opens its data beside the start of the server, follows the store, ends. Requests that
 * come before the data is open hear so instead of waiting.
 */
public final class Site implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Site.class);
    private static final Duration RETRY = Duration.ofMillis(500);
    private static final Duration CATCH_UP_MAX = Duration.ofHours(12);

    /** How long closing waits for an opening that has begun. */
    private static final Duration OPENING_MAX = Duration.ofSeconds(20);

    private final SiteLocation location;
    private final Supplier<SiteData.Rules> rules;
    private final AtomicReference<State> state = new AtomicReference<>(new State.Opening("The data is being opened."));
    private @Nullable Thread opener;
    private final SiteSearch search = new SiteSearch(this);
    private volatile boolean closed;

    /** A site over this data; not open yet. */
    public Site(SiteLocation location) {
        this(location, () -> SiteData.Rules.load(location));
    }

    /**
     * A site over this data; not open yet.
     *
     * @param rules what can be asked; several sites of one process may share it
     */
    public Site(SiteLocation location, Supplier<SiteData.Rules> rules) {
        this.location = location;
        this.rules = rules;
    }

    /** What a site can be. */
    public sealed interface State {

        /** Not yet; {@code reason} is a sentence for the one who asks. */
        record Opening(String reason) implements State {}

        /** Open, but the index is still on the way to the newest transaction at the start, {@code target}. */
        record CatchingUp(SiteData data, long target) implements State {}

        /** Open, and everything that was stored at the start can be counted. */
        record Ready(SiteData data) implements State {}

        /** It can't be opened; {@code reason} says why and {@code advice} what to do. */
        record Failed(String reason, String advice) implements State {}
    }

    /** Begins to open the data, in the background. */
    public void start() {
        opener = Thread.ofPlatform().name("site-opener").daemon().start(this::open);
    }

    /** Where the site's data is. */
    public SiteLocation location() {
        return location;
    }

    /** Search in the site's data. */
    public SiteSearch search() {
        return search;
    }

    /** What the site is now. */
    public State state() {
        return state.get();
    }

    /**
     * The open data.
     *
     * @throws SiteUnavailable if it is not open
     */
    public SiteData data() {
        return switch (state.get()) {
            case State.Ready(SiteData data) -> data;
            case State.CatchingUp(SiteData data, long target) -> data;
            case State.Opening(String reason) -> throw new SiteUnavailable(reason, "Try again in a few seconds.");
            case State.Failed(String reason, String advice) -> throw new SiteUnavailable(reason, advice);
        };
    }

    private void open() {
        try {
            SiteData data = openWhenFree();
            if (data == null) {
                return;
            }
            if (closed) {
                data.close();
                return;
            }
            long target = data.store().currentT();
            state.set(new State.CatchingUp(data, target));
            data.index().follow();
            search.open(data.store());
            data.prepare();
            if (data.index().awaitT(target, CATCH_UP_MAX)) {
                state.set(new State.Ready(data));
            }
        } catch (SiteUnavailable e) {
            fail(e.getMessage(), e.advice());
        } catch (StoreUnavailable e) {
            fail(e.getMessage(), "See the log of the database in the folder postgres of the data folder.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            if (!closed) {
                LOG.error("The site's data could not be opened", e);
                fail("The site's data could not be opened.", "See the log of the site for the cause.");
            }
        }
    }

    private void fail(@Nullable String reason, String advice) {
        if (closed) {
            return;
        }
        String sentence = reason == null ? "The site's data could not be opened." : reason;
        state.set(new State.Failed(sentence, advice));
        LOG.error("{} {}", sentence, advice);
    }

    private @Nullable SiteData openWhenFree() throws InterruptedException {
        Store store = SiteData.openStore(location);
        SiteData data = null;
        try {
            data = overStoreWhenFree(store, rules.get());
            return data;
        } finally {
            if (data == null) {
                store.close();
            }
        }
    }

    /** Waits while another process, such as a load, holds the index; null when closed meanwhile. */
    private @Nullable SiteData overStoreWhenFree(Store store, SiteData.Rules rules) throws InterruptedException {
        boolean told = false;
        while (!closed) {
            switch (SiteData.overStore(location, store, rules)) {
                case SiteData.Opening.Opened(SiteData data) -> {
                    return data;
                }
                case SiteData.Opening.InUse(String reason) -> {
                    if (!told) {
                        LOG.info("Waiting for the index: {}", reason);
                        told = true;
                    }
                    state.set(new State.Opening("Another process uses the index; the site waits for it."));
                    Thread.sleep(RETRY);
                }
            }
        }
        return null;
    }

    /** A database that is just being made is let finish, or its half would stay behind; all other waiting ends now. */
    private void end(@Nullable Thread thread) {
        if (thread == null) {
            return;
        }
        try {
            if (state.get() instanceof State.Opening && thread.join(OPENING_MAX)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        thread.interrupt();
    }

    @Override
    public void close() {
        closed = true;
        end(opener);
        search.close();
        switch (state.getAndSet(new State.Opening("The site is closed."))) {
            case State.Ready(SiteData data) -> data.close();
            case State.CatchingUp(SiteData data, long target) -> data.close();
            case State.Opening opening -> {}
            case State.Failed failed -> {}
        }
    }
}
