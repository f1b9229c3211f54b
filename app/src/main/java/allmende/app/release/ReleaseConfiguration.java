package allmende.app.release;

import allmende.app.site.Site;
import allmende.engine.store.SideTables;
import java.time.InstantSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A site's release desk. Beans wanted: {@link Site}, and {@link SideTables} called {@code releaseTables}. */
@Configuration(proxyBeanMethods = false)
public class ReleaseConfiguration {

    @Bean
    ReleaseDesk releaseDesk(Site site, @Qualifier("releaseTables") SideTables releaseTables) {
        return ReleaseDesk.open(site.location().data(), releaseTables, InstantSource.system());
    }

    @Bean
    Publications statisticsPublications(Site site, @Qualifier("releaseTables") SideTables releaseTables) {
        return Publications.open(site.location().data(), releaseTables, InstantSource.system());
    }
}
