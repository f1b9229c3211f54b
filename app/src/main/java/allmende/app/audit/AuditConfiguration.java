package allmende.app.audit;

import allmende.engine.store.StoreLocation;
import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The audit trail. Beans wanted: the {@link StoreLocation} of the party; a clock if not the system's. */
@Configuration(proxyBeanMethods = false)
public class AuditConfiguration {

    @Bean
    IdentityTables peopleTables(StoreLocation location) {
        return new IdentityTables(location);
    }

    @Bean
    AuditLog auditLog(IdentityTables tables, ObjectProvider<InstantSource> clock) {
        return new AuditLog(tables, clock.getIfAvailable(InstantSource::system));
    }
}
