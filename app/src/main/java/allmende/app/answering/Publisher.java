package allmende.app.answering;

import allmende.app.federation.Outpost;
import allmende.app.federation.TaskKind;
import allmende.app.release.Publications;
import allmende.app.site.Site;
import allmende.app.site.SiteData;
import allmende.core.cohort.Feature;
import allmende.core.disclosure.PublishedStatistics;
import allmende.core.disclosure.PublishedStatisticsJson;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Publishes the site's statistics once its data can be counted, and looks once an hour whether there are newer ones.
 */
final class Publisher implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Publisher.class);
    private static final Duration LOOK = Duration.ofHours(1);
    private static final Duration WAIT_FOR_DATA = Duration.ofMillis(200);

    private final Site site;
    private final Publications publications;
    private final Outpost outpost;
    private @Nullable Thread thread;

    Publisher(Site site, Publications publications, Outpost outpost) {
        this.site = site;
        this.publications = publications;
        this.outpost = outpost;
    }

    @Override
    public void start() {
        // No virtual thread: the collection stays for minutes in the index's native code and would keep a carrier.
        thread = Thread.ofPlatform().daemon().name("publisher").start(this::run);
    }

    private void run() {
        PublishedStatistics last = null;
        try {
            while (!Thread.currentThread().isInterrupted()) {
                if (!(site.state() instanceof Site.State.Ready(SiteData data))) {
                    Thread.sleep(WAIT_FOR_DATA);
                    continue;
                }
                PublishedStatistics now = statistics(data);
                if (now != null && !Objects.equals(now, last)) {
                    outpost.publish(TaskKind.STATISTICS, PublishedStatisticsJson.write(now));
                    last = now;
                }
                Thread.sleep(LOOK);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private @Nullable PublishedStatistics statistics(SiteData data) {
        try {
            return publications.current(data, features());
        } catch (RuntimeException e) {
            if (!Thread.currentThread().isInterrupted()) {
                LOG.warn("The statistics could not be worked out; the next attempt is in an hour", e);
            }
            return null;
        }
    }

    private Set<String> features() {
        return FeasibilityTasks.understood(outpost.status().featuresOff()).stream()
                .map(Feature::name)
                .collect(Collectors.toSet());
    }

    @Override
    public void stop() {
        Thread running = thread;
        if (running != null) {
            running.interrupt();
        }
        thread = null;
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }
}
