package allmende.app.audit;

import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * What belongs to the access log of a site. Beans wanted: the {@link FileAccessLog}, which whoever made it closes;
 * {@link AuditLog}.
 */
@Configuration(proxyBeanMethods = false)
public class AccessLogConfiguration {

    private static final Duration PAUSE = Duration.ofHours(1);

    @Bean(initMethod = "start", destroyMethod = "close")
    ChainNotes chainNotes(FileAccessLog log, AuditLog trail) {
        return new ChainNotes(log, trail, PAUSE);
    }

    @Bean
    AccessLogReader accessLogReader(FileAccessLog log) {
        return new AccessLogReader(log.folder());
    }
}
