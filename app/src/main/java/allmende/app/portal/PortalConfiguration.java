package allmende.app.portal;

import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Questions, asking and answers of a portal. Beans wanted: {@link PortalTables}. */
@Configuration(proxyBeanMethods = false)
public class PortalConfiguration {

    @Bean
    Questions questions(PortalTables tables) {
        return new Questions(tables, InstantSource.system());
    }
}
