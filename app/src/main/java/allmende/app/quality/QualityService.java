package allmende.app.quality;

import allmende.app.site.Site;
import allmende.app.site.SiteData;
import allmende.engine.packages.Packages;
import allmende.engine.store.SideTables;
import allmende.hapi.Terms;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at a site's data in the background as long as the site runs, and keeps the figures up to date. */
final class QualityService implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(QualityService.class);
    private static final Duration COUNT_EVERY = Duration.ofSeconds(2);

    /** Counting takes a while over many resources: at most this part of the time goes into it. */
    private static final int COUNT_SHARE = 20;

    private final QualityTables tables;
    private final List<Follower> followers;
    private final Counting counting;
    private final Site site;
    private final Packages packages;
    private final Thread counter;
    private volatile boolean closed;

    // The priority is a wish to the machine; nothing depends on its being heard.
    @SuppressWarnings("ThreadPriorityCheck")
    QualityService(Site site, SideTables sideTables, Packages packages, Terms terms, Quiet quiet) {
        this.tables = new QualityTables(sideTables);
        this.site = site;
        this.packages = packages;
        RuleBook book = RuleBook.shipped();
        this.counting = new Counting(tables, book);
        this.followers = List.of(
                new Follower(site, tables, new RuleLooking(book, tables, SiteData::today), quiet),
                new Follower(
                        site,
                        tables,
                        new ValidationLooking(packages, terms, site.location().data()),
                        quiet));
        this.counter = Thread.ofPlatform()
                .name("quality-figures")
                .daemon()
                .priority(Thread.MIN_PRIORITY)
                .unstarted(this::counting);
    }

    void start() {
        followers.forEach(Follower::start);
        counter.start();
    }

    QualityTables tables() {
        return tables;
    }

    /**
     * How far the checks have come.
     *
     * @param t state of the site's data
     * @param rules state up to which was checked by rules
     * @param validation state up to which was held against profiles
     * @param profiles whether packages are installed, without which there are no profiles
     */
    record Progress(long t, long rules, long validation, boolean profiles) {

        public boolean isRunning() {
            return rules < t || validation < t;
        }
    }

    Progress progress() {
        long t = site.state() instanceof Site.State.Ready(SiteData data)
                ? data.store().currentT()
                : 0;
        return new Progress(
                t,
                tables.reached(Streams.RULES),
                tables.reached(Streams.VALIDATION),
                !packages.list().isEmpty());
    }

    private void counting() {
        String before = "";
        Duration pause = COUNT_EVERY;
        try {
            while (!closed) {
                Thread.sleep(pause);
                try {
                    long rules = tables.reached(Streams.RULES);
                    long validation = tables.reached(Streams.VALIDATION);
                    String now = rules + " " + validation + " " + SiteData.today();
                    if (rules > 0 && !now.equals(before)) {
                        long start = System.nanoTime();
                        counting.count(SiteData.today(), Math.min(rules, validation));
                        Duration took =
                                Duration.ofNanos(System.nanoTime() - start).multipliedBy(COUNT_SHARE);
                        pause = took.compareTo(COUNT_EVERY) > 0 ? took : COUNT_EVERY;
                        before = now;
                    }
                } catch (RuntimeException fault) {
                    if (!closed) {
                        LOG.error(
                                "The figures could not be counted ({})",
                                fault.getClass().getName());
                    }
                }
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed = true;
        counter.interrupt();
        followers.forEach(Follower::close);
        try {
            counter.join(Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
