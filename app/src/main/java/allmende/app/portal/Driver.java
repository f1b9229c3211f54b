package allmende.app.portal;

import allmende.app.federation.Hub;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.SmartInitializingSingleton;

/** Listens to the federation once everything is there, and hands over again what could not be handed over. */
final class Driver implements SmartInitializingSingleton, DisposableBean {

    private static final long SECONDS_BETWEEN = 2;

    private final Hub hub;
    private final Answers answers;
    private final Publications publications;
    private final Asking asking;
    private final ScheduledExecutorService timer;
    private @Nullable ScheduledFuture<?> drive;

    Driver(Hub hub, Answers answers, Publications publications, Asking asking) {
        this.hub = hub;
        this.answers = answers;
        this.publications = publications;
        this.asking = asking;
        this.timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("portal-asking").factory());
    }

    @Override
    public void afterSingletonsInstantiated() {
        hub.onAnswer(answers);
        hub.onPublication(publications);
        drive = timer.scheduleWithFixedDelay(asking::drive, 0, SECONDS_BETWEEN, TimeUnit.SECONDS);
    }

    @Override
    public void destroy() {
        if (drive != null) {
            drive.cancel(true);
        }
        timer.shutdownNow();
    }
}
