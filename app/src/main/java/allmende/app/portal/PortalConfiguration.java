package allmende.app.portal;

import allmende.engine.store.SideTables;
import java.time.InstantSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Questions, asking and answers of a portal. Beans wanted: {@link SideTables} called {@code portalTables}. */
@Configuration(proxyBeanMethods = false)
public class PortalConfiguration {

    @Bean
    Questions questions(@Qualifier("portalTables") SideTables portalTables) {
        return new Questions(portalTables, InstantSource.system());
    }
}
