package allmende.app.portal;

import allmende.app.audit.AuditTrail;
import allmende.app.federation.Hub;
import allmende.core.disclosure.PortalRules;
import allmende.core.disclosure.PublishedStatisticsJson;
import allmende.engine.store.SideTables;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Questions, asking and answers of a portal. Beans wanted: {@link SideTables} called {@code portalTables} (schema
 * {@code portal}, migrations {@code allmende/portal/migration}), {@link Hub}, {@link AuditTrail}; {@link PortalRules} and
 * an {@link InstantSource} where they are not the default.
 */
@Configuration(proxyBeanMethods = false)
public class PortalConfiguration {

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    @Bean
    PortalDatabase portalDatabase(@Qualifier("portalTables") SideTables portalTables) {
        return PortalDatabase.over(portalTables);
    }

    @Bean
    Questions questions(PortalDatabase database, ObjectProvider<InstantSource> clock) {
        return new Questions(database, clock(clock));
    }

    @Bean
    Answers answers(PortalDatabase database) {
        return new Answers(database.jdbc());
    }

    @Bean
    Publications publications(PortalDatabase database) {
        return new Publications(database.jdbc(), PublishedStatisticsJson::read);
    }

    @Bean
    AskLimits askLimits(ObjectProvider<PortalRules> rules) {
        PortalRules given = rules.getIfAvailable(() -> PortalRules.DEFAULT);
        return new AskLimits(given.questionsPerMinute(), given.questionsPerWeek(), PATIENCE);
    }

    @Bean
    Quotas quotas(PortalDatabase database, AskLimits limits, ObjectProvider<InstantSource> clock, AuditTrail audit) {
        return new Quotas(database.jdbc(), limits, clock(clock), audit);
    }

    @Bean
    Asking.Parts askingParts(PortalDatabase database, Questions questions, Quotas quotas, Answers answers, Rest rest) {
        return new Asking.Parts(
                database,
                questions,
                quotas,
                Pseudonyms.of(database.jdbc(), new SecureRandom()),
                answers,
                rest.publications(),
                rest.hub(),
                rest.audit(),
                rest.limits(),
                rest.clock());
    }

    /** What asking needs besides. */
    record Rest(Publications publications, Hub hub, AuditTrail audit, AskLimits limits, InstantSource clock) {}

    @Bean
    Rest askingRest(
            Publications publications,
            Hub hub,
            AuditTrail audit,
            AskLimits limits,
            ObjectProvider<InstantSource> clock) {
        return new Rest(publications, hub, audit, limits, clock(clock));
    }

    @Bean
    Asking asking(Asking.Parts parts) {
        return new Asking(parts);
    }

    @Bean
    Driver askingDriver(Hub hub, Answers answers, Publications publications, Asking asking) {
        return new Driver(hub, answers, publications, asking);
    }

    private static InstantSource clock(ObjectProvider<InstantSource> clock) {
        return clock.getIfAvailable(InstantSource::system);
    }
}
