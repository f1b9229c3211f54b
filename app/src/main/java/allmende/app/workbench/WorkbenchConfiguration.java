package allmende.app.workbench;

import allmende.app.concepts.ConceptSearch;
import allmende.app.federation.Hub;
import allmende.app.identity.Accounts;
import allmende.app.portal.Asking;
import allmende.app.portal.Publications;
import allmende.app.portal.Questions;
import allmende.app.web.QuestionLibrary;
import allmende.core.cohort.Catalogue;
import allmende.core.cohort.Catalogues;
import allmende.core.disclosure.PortalRules;
import allmende.core.terminology.Terminology;
import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.thymeleaf.ITemplateEngine;

/**
 * The researcher's pages. Beans wanted: {@link Questions}, {@link Asking}, {@link Publications} (of the portal),
 * {@link Accounts}, {@link Hub}, {@link ConceptSearch}, {@link Terminology}; {@link Catalogue}, {@link PortalRules} and an
 * {@link InstantSource} where they are not the default.
 */
@Configuration(proxyBeanMethods = false)
@Import({
    QuestionController.class,
    EditController.class,
    AskController.class,
    AddController.class,
    CriterionController.class,
    VersionController.class,
    PairController.class,
    ExportController.class,
})
public class WorkbenchConfiguration {

    @Bean
    Desk desk(
            Accounts accounts,
            Questions questions,
            ConceptSearch concepts,
            ObjectProvider<Catalogue> catalogue,
            MessageSource messages) {
        return new Desk(accounts, questions, concepts, catalogue.getIfAvailable(Catalogues::shipped), messages);
    }

    @Bean
    QuestionLibrary examples() {
        return QuestionLibrary.shipped();
    }

    @Bean
    Estimates estimates(Publications publications, Hub hub) {
        return new Estimates(publications, hub);
    }

    @Bean
    Readings readings(
            Terminology terminology,
            Publications publications,
            Estimates estimates,
            ObjectProvider<InstantSource> clock) {
        return new Readings(terminology, publications, estimates, clock.getIfAvailable(InstantSource::system));
    }

    @Bean
    Results results(Desk desk, Asking asking, ObjectProvider<PortalRules> rules) {
        return new Results(desk, asking, rules.getIfAvailable(() -> PortalRules.DEFAULT));
    }

    @Bean
    AskViews askViews(Asking asking, Results results) {
        return new AskViews(asking, results);
    }

    @Bean
    AvailabilityFeed availabilityFeed(Publications publications, ConceptSearch concepts) {
        return new AvailabilityFeed(publications, concepts);
    }

    /** Tells the search what the sites have published, now and whenever that changes. */
    static final class AvailabilityFeed {
        AvailabilityFeed(Publications publications, ConceptSearch concepts) {
            publications.onChange(concepts::availability);
        }
    }

    @Bean
    EditorPage editorPage(Desk desk, Readings readings, Estimates estimates, AskViews asks, Asking asking) {
        return new EditorPage(desk, new EditorViews(readings, estimates), asks, asking);
    }

    @Bean
    ResultViews resultViews(Desk desk, Readings readings, Results results) {
        return new ResultViews(desk, readings, results);
    }

    @Bean
    CriterionForms criterionForms(Publications publications, Estimates estimates) {
        return new CriterionForms(publications, estimates, KnownValues.shipped());
    }

    @Bean
    Comparisons comparisons(Desk desk, Readings readings, Estimates estimates) {
        return new Comparisons(desk, readings, estimates);
    }

    @Bean
    Pairs pairs(Asking asking, Comparisons comparisons, ResultViews views, Results results) {
        return new Pairs(asking, comparisons, views, results);
    }

    @Bean
    ResultPaper resultPaper(ITemplateEngine templates) {
        return new ResultPaper(templates);
    }
}
