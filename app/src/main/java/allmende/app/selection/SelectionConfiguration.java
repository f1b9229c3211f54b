package allmende.app.selection;

import allmende.app.concepts.ConceptSearch;
import allmende.app.identity.Accounts;
import allmende.app.portal.Asking;
import allmende.app.portal.Questions;
import allmende.core.cohort.Catalogue;
import allmende.core.disclosure.CountryAnswers;
import allmende.core.disclosure.PortalRules;
import allmende.core.explain.DisplayNames;
import allmende.core.profile.Profiles;
import allmende.core.terminology.Terminology;
import allmende.engine.store.SideTables;
import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * The data selection of a portal: its pages and the doors for programs. Beans wanted: {@link Questions}, {@link Accounts},
 * {@link Asking}, {@link ConceptSearch}, {@link Catalogue}, {@link Terminology}, {@link SideTables} called
 * {@code portalTables}; {@link PortalRules} and an {@link InstantSource} where they are not the default.
 */
@Configuration(proxyBeanMethods = false)
@Import({
    SelectionController.class,
    CodeController.class,
    ImportController.class,
    FilesController.class,
    FeasibilityV5.class,
    DataQueryV5.class,
    TerminologyV5.class,
    ValidationV5.class
})
public class SelectionConfiguration {

    @Bean
    Profiles profiles() {
        return Profiles.shipped();
    }

    @Bean
    SelectionDesk selectionDesk(Questions questions, Accounts accounts) {
        return new SelectionDesk(questions, accounts);
    }

    @Bean
    CodeNames codeNames(ConceptSearch concepts) {
        return new CodeNames(concepts);
    }

    @Bean
    Readings selectionReadings(Catalogue catalogue, Terminology terminology) {
        return new Readings(catalogue, DisplayNames.of(catalogue, terminology));
    }

    @Bean
    ApiAsking apiAsking(SelectionDesk desk, Asking asking) {
        return new ApiAsking(desk, asking);
    }

    @Bean
    PollLimits.Rules pollRules() {
        return PollLimits.Rules.DEFAULT;
    }

    @Bean
    SiteLabels siteLabels(@Qualifier("portalTables") SideTables portalTables) {
        return SiteLabels.of(portalTables);
    }

    @Bean
    FeasibilityV5.Shown shownResults(
            ObjectProvider<PortalRules> rules,
            PollLimits.Rules polls,
            ObjectProvider<InstantSource> clock,
            SiteLabels labels) {
        PortalRules given = rules(rules);
        return new FeasibilityV5.Shown(
                given,
                new CountryAnswers(given),
                new PollLimits(polls, clock.getIfAvailable(InstantSource::system)),
                labels);
    }

    @Bean
    QuestionApi questionApi(SelectionDesk desk, Readings readings, ApiAsking asking, FeasibilityV5.Shown shown) {
        return new QuestionApi(desk, readings, asking, shown.answers());
    }

    @Bean
    PortalInfoApi portalInfoApi(ObjectProvider<PortalRules> rules, PollLimits.Rules polls) {
        return new PortalInfoApi(rules(rules), polls);
    }

    private static PortalRules rules(ObjectProvider<PortalRules> rules) {
        return rules.getIfAvailable(() -> PortalRules.DEFAULT);
    }
}
