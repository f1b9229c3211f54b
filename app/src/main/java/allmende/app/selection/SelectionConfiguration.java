package allmende.app.selection;

import allmende.app.concepts.ConceptSearch;
import allmende.app.identity.Accounts;
import allmende.app.portal.Questions;
import allmende.core.cohort.Catalogue;
import allmende.core.explain.DisplayNames;
import allmende.core.profile.Profiles;
import allmende.core.terminology.Terminology;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * The data selection of a portal: its pages and the doors for programs. Beans wanted: {@link Questions}, {@link Accounts},
 * {@link ConceptSearch}, {@link Catalogue}, {@link Terminology}.
 */
@Configuration(proxyBeanMethods = false)
@Import({SelectionController.class, ImportController.class, FilesController.class})
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
}
