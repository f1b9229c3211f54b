package allmende.app.quality;

import allmende.app.site.Site;
import allmende.engine.packages.Packages;
import allmende.engine.store.SideTables;
import allmende.engine.terminology.CodeSets;
import allmende.hapi.Terms;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * Data quality at a site. Beans wanted: {@link Site}, the tables of the schema {@code quality}, {@link Packages}; {@link CodeSets} where the
 * site has terminology.
 */
@Configuration(proxyBeanMethods = false)
@Import(QualityController.class)
public class QualityConfiguration {

    @Bean
    Quiet quiet() {
        return new Quiet();
    }

    @Bean
    FilterRegistrationBean<Quiet> quietFilter(Quiet quiet) {
        return new FilterRegistrationBean<>(quiet);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    QualityService qualityService(
            Site site,
            @Qualifier("qualityTables") SideTables tables,
            Packages packages,
            ObjectProvider<CodeSets> codes,
            Quiet quiet) {
        Terms terms = codes.stream().findFirst().<Terms>map(SiteTerms::new).orElse(Terms.NONE);
        return new QualityService(site, tables, packages, terms, quiet);
    }
}
