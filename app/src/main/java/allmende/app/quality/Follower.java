package allmende.app.quality;

import allmende.app.site.Site;
import allmende.app.site.SiteData;
import allmende.engine.store.ChangePage;
import allmende.engine.store.ChangePage.Change;
import allmende.engine.store.Store;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the change feed in the background, at the lowest priority: waits while a load runs, steps aside while requests
 * are served, goes on after a restart where it stopped.
 */
final class Follower implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Follower.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration AFTER_FAULT = Duration.ofSeconds(20);
    private static final int PAGE = 2_000;

    /** Half a minute of polls. */
    private static final int WAITS_MAX = 60;

    private final Site site;
    private final QualityTables tables;
    private final Looking looking;
    private final Quiet quiet;
    private final Thread thread;
    private volatile boolean closed;
    private long last = -1;
    private int waited;

    // The priority is a wish to the machine; nothing depends on its being heard.
    @SuppressWarnings("ThreadPriorityCheck")
    Follower(Site site, QualityTables tables, Looking looking, Quiet quiet) {
        this.site = site;
        this.tables = tables;
        this.looking = looking;
        this.quiet = quiet;
        this.thread = Thread.ofPlatform()
                .name("quality-" + looking.stream())
                .daemon()
                .priority(Thread.MIN_PRIORITY)
                .unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            while (!closed) {
                if (!step()) {
                    Thread.sleep(POLL);
                }
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean step() throws InterruptedException {
        try {
            SiteData data = readyData();
            return data != null && isLoadOver(data.store()) && follow(data.store());
        } catch (RuntimeException fault) {
            if (!closed) {
                // the message of a database could quote values
                LOG.error(
                        "Checking by {} failed ({}); it goes on soon",
                        looking.stream(),
                        fault.getClass().getName());
                LOG.debug("Cause", fault);
                Thread.sleep(AFTER_FAULT);
            }
            return false;
        }
    }

    private @Nullable SiteData readyData() {
        return switch (site.state()) {
            case Site.State.Ready(SiteData data) -> data;
            case Site.State.CatchingUp catching -> null;
            case Site.State.Opening opening -> null;
            case Site.State.Failed failed -> null;
        };
    }

    /** While transactions come one after the other, somebody loads; where that never ends, a page is read now and then. */
    private boolean isLoadOver(Store store) {
        long now = store.currentT();
        boolean over = now == last || ++waited >= WAITS_MAX;
        last = now;
        waited = over ? 0 : waited;
        return over;
    }

    /** One page; false where there is nothing new. */
    private boolean follow(Store store) throws InterruptedException {
        long t = tables.begin(looking.stream(), looking.fingerprint());
        ChangePage page = store.changes(t, PAGE);
        if (page.t() == t) {
            return false;
        }
        List<Change> there = new ArrayList<>();
        List<Change> gone = new ArrayList<>();
        for (Change change : page.changes()) {
            if (change.body() == null) {
                gone.add(change);
            } else {
                there.add(change);
            }
        }
        List<Long> again = new ArrayList<>(looking.before(gone));
        tables.forget(looking.stream(), gone);
        for (int from = 0; from < there.size() && !closed; from += looking.chunk()) {
            quiet.await();
            again.addAll(look(there.subList(from, Math.min(there.size(), from + looking.chunk())), store, false));
        }
        if (closed) {
            return false;
        }
        lookAgain(again, page, store);
        tables.reached(looking.stream(), page.t());
        return true;
    }

    private List<Long> look(List<Change> changes, Store store, boolean again) {
        Map<Long, Integer> known = again
                ? Map.of()
                : tables.versions(
                        looking.stream(), changes.stream().map(Change::rid).toList());
        List<Change> fresh = changes.stream()
                .filter(change -> known.getOrDefault(change.rid(), -1) != change.version())
                .toList();
        List<Looked> looked = looking.look(fresh, store);
        tables.keep(looking.stream(), looked);
        return looking.after(looked, store);
    }

    /** Resources whose patient or target has come or changed meanwhile. */
    private void lookAgain(List<Long> rids, ChangePage page, Store store) {
        List<Long> distinct = rids.stream().distinct().toList();
        for (int from = 0; from < distinct.size() && !closed; from += PAGE) {
            List<Long> part = distinct.subList(from, Math.min(distinct.size(), from + PAGE));
            Map<Long, byte[]> bodies = store.bodies(part);
            Map<Long, Change> changes = new HashMap<>();
            tables.client()
                    .sql("""
                            select rid, type, id, case when version < 0 then -1 - version else version end, patient
                            from item where stream = :stream and rid in (:rids)""")
                    .param("stream", looking.stream())
                    .param("rids", part)
                    .query((row, n) -> changes.put(
                            row.getLong(1),
                            new Change(
                                    new allmende.core.fhir.ResourceKey(row.getString(2), row.getString(3)),
                                    row.getLong(1),
                                    row.getInt(5),
                                    row.getInt(4),
                                    true,
                                    page.t(),
                                    bodies.get(row.getLong(1)))))
                    .list();
            changes.values().removeIf(change -> change.body() == null);
            look(List.copyOf(changes.values()), store, true);
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
