package allmende.app.concepts;

import allmende.core.cohort.Catalogue;
import allmende.core.terminology.Terminology;
import allmende.engine.store.SideTables;
import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * The search over concepts with its pages. Beans wanted: {@link Terminology}, {@link Catalogue}, {@link SideTables}
 * called {@code conceptsTables} (schema {@code concepts}, migrations {@code allmende/concepts/migration}) and
 * {@link ConceptsFolder}. Whoever has what sites publish hands it to {@link ConceptSearch#availability}.
 */
@Configuration(proxyBeanMethods = false)
@Import({ConceptController.class, ConceptApi.class})
public class ConceptsConfiguration {

    /** Where the index is kept, for example {@code DIR/concepts}. */
    public record ConceptsFolder(Path path) {}

    @Bean(destroyMethod = "close")
    ConceptSearch conceptSearch(ConceptsFolder folder, Terminology terminology, Catalogue catalogue) {
        return ConceptSearch.open(folder.path(), terminology, catalogue);
    }

    @Bean
    ConceptView conceptView(ConceptSearch search, Catalogue catalogue) {
        return new ConceptView(search, catalogue);
    }

    @Bean
    RecentConcepts recentConcepts(@Qualifier("conceptsTables") SideTables tables) {
        return new RecentTable(tables);
    }
}
