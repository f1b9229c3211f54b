package allmende.app.administration;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * The pages of a portal about people and parties. Beans wanted: those of
 * {@link allmende.app.identity.PortalIdentityConfiguration}, {@link allmende.app.audit.AuditLog},
 * {@link allmende.app.federation.Hub}; where there are any, {@link CountryFigures}, {@link DemoGuide} and
 * {@link allmende.app.identity.QuotaDesk}.
 */
@Configuration(proxyBeanMethods = false)
@Import({
    StartController.class,
    RegisterController.class,
    AccountController.class,
    TeamController.class,
    CoordinationController.class,
    AdminController.class,
    MembersController.class,
    AuditController.class
})
public class PortalPagesConfiguration {}
