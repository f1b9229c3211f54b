package allmende.app.fhirapi;

import allmende.app.site.Site;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** The FHIR door of a site. Beans wanted: {@link Site}; used where they are there: {@link XmlForm}. */
@Configuration(proxyBeanMethods = false)
@Import(ReadController.class)
public class FhirApiConfiguration {

    @Bean
    Exchanges exchanges(ObjectProvider<XmlForm> xml) {
        return new Exchanges(xml);
    }

    @Bean
    FilterRegistrationBean<FhirRim> fhirRim(ObjectProvider<XmlForm> xml) {
        FilterRegistrationBean<FhirRim> filter = new FilterRegistrationBean<>(new FhirRim(xml));
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
        filter.addUrlPatterns("/*");
        return filter;
    }

    /** Errors that the dispatcher meets are told by the same rim. */
    @Bean
    WebMvcConfigurer fhirErrors(FilterRegistrationBean<FhirRim> rim) {
        return new WebMvcConfigurer() {
            @Override
            public void extendHandlerExceptionResolvers(java.util.List<HandlerExceptionResolver> resolvers) {
                FhirRim filter = rim.getFilter();
                if (filter != null) {
                    resolvers.addFirst(filter);
                }
            }
        };
    }

    @Bean
    FhirLimits fhirLimits() {
        return FhirLimits.SITE;
    }

    @Bean
    Watch watch() {
        return new OpenWatch();
    }
}
