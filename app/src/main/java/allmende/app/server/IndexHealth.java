package allmende.app.server;

import allmende.app.site.Site;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Up once the index has reached what the store held at the start. */
final class IndexHealth implements HealthIndicator {

    private final Site site;

    IndexHealth(Site site) {
        this.site = site;
    }

    @Override
    public Health health() {
        return switch (site.state()) {
            case Site.State.Ready ready -> Health.up().build();
            case Site.State.CatchingUp catchingUp -> Health.outOfService().build();
            case Site.State.Opening opening -> Health.outOfService().build();
            case Site.State.Failed failed -> Health.down().build();
        };
    }
}
