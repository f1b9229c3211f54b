package allmende.app.administration;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * The pages of a site's people. Beans wanted: {@link allmende.app.audit.AuditLog},
 * {@link allmende.app.audit.AccessLogReader}, {@link SiteLedger}; an
 * {@link allmende.app.federation.Outpost} where the site answers a portal.
 */
@Configuration(proxyBeanMethods = false)
@Import({SiteDeskController.class, AuditController.class, AccessPagesController.class})
public class SitePagesConfiguration {}
