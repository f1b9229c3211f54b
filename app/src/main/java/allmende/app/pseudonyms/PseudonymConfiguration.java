package allmende.app.pseudonyms;

import allmende.app.audit.AccessLog;
import allmende.app.audit.AuditTrail;
import allmende.app.keys.KeyVault;
import allmende.app.site.Site;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Pseudonyms at a site. Beans wanted: {@link Site}, {@link KeyVault}, {@link AuditTrail}, {@link AccessLog}. */
@Configuration(proxyBeanMethods = false)
@Import({MiiController.class, GpasController.class, PseudonymPagesController.class, ResolvePagesController.class})
public class PseudonymConfiguration {

    @Bean(destroyMethod = "close")
    PseudonymService pseudonymService(Site site, KeyVault vault, ObjectProvider<InstantSource> clock) {
        return PseudonymService.at(site.location(), vault, clock.getIfAvailable(InstantSource::system));
    }

    @Bean
    ResolveDesk resolveDesk(PseudonymService service, AuditTrail trail, ObjectProvider<InstantSource> clock) {
        return new ResolveDesk(service, trail, clock.getIfAvailable(InstantSource::system), new SecureRandom());
    }

    @Bean
    DoorWatch doorWatch(AccessLog log) {
        return new DoorWatch(log);
    }

    @Bean
    MiiOperations miiOperations(PseudonymService service, ResolveDesk desk, DoorWatch watch) {
        return new MiiOperations(service, desk, watch);
    }

    @Bean
    MiiBundles miiBundles(PseudonymService service, MiiOperations operations, DoorWatch watch) {
        return new MiiBundles(service, operations, watch);
    }

    @Bean
    GpasPairs gpasPairs(PseudonymService service, DoorWatch watch, AuditTrail trail) {
        return new GpasPairs(service, watch, trail);
    }

    @Bean
    PseudonymPagesController.PseudonymPages pseudonymPages(PseudonymService service, AuditTrail trail) {
        return new PseudonymPagesController.PseudonymPages(service, trail, new SecureRandom());
    }

    @Bean
    PseudonymErasure pseudonymErasure(Site site, PseudonymService service) {
        return new PseudonymErasure(site.location(), service);
    }
}
