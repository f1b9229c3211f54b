package allmende.app.fhirapi;

import allmende.app.audit.AccessLog;
import allmende.app.site.Site;
import allmende.engine.search.Search;
import jakarta.servlet.DispatcherType;
import org.apache.catalina.core.StandardHost;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** The FHIR door of a site. Beans wanted: {@link Site}; used where they are there: {@link XmlForm},
 * {@link Search}, {@link SearchInteraction}, {@link AccessLog}. */
@Configuration(proxyBeanMethods = false)
@Import({
    ReadController.class,
    WriteController.class,
    HistoryController.class,
    SearchController.class,
    BundleController.class,
    AuditEventController.class,
    CapabilityController.class
})
public class FhirApiConfiguration {

    @Bean
    Exchanges exchanges(ObjectProvider<XmlForm> xml) {
        return new Exchanges(xml);
    }

    @Bean
    FilterRegistrationBean<FhirRim> fhirRim(ObjectProvider<XmlForm> xml, FhirLimits limits) {
        FilterRegistrationBean<FhirRim> filter = new FilterRegistrationBean<>(new FhirRim(xml, limits.timeMax()));
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
        filter.addUrlPatterns("/*");
        filter.setDispatcherTypes(DispatcherType.REQUEST, DispatcherType.ERROR);
        return filter;
    }

    /** What is no proper HTTP is told by an OperationOutcome, too. */
    @Bean
    WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> malformedRequests() {
        return factory -> factory.addContextCustomizers(context -> {
            if (context.getParent() instanceof StandardHost host) {
                host.setErrorReportValveClass(MalformedRequests.class.getName());
            }
        });
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
    Searches searches(Site site, Watch watch) {
        return new Searches(site, site.search(), watch, PageTokens.fresh());
    }

    @Bean
    SearchCapabilities searchCapabilities(Site site) {
        return type -> site.search().models().told(type).stream()
                .map(told ->
                        new SearchCapabilities.Param(told.code(), told.type().code(), told.url()))
                .toList();
    }

    @Bean
    Search search(Site site) {
        return site.search();
    }

    @Bean
    FhirLimits fhirLimits() {
        return FhirLimits.SITE;
    }

    @Bean
    Watch watch(ObjectProvider<AccessLog> log) {
        return new Watch(log);
    }

    @Bean
    Changes changes(Site site, ObjectProvider<Search> search, FhirLimits limits, Watch watch) {
        return new Changes(site, new Criteria(search), limits, watch);
    }

    @Bean
    Reading reading(Site site, Watch watch, FhirLimits limits) {
        return new Reading(site, watch, limits);
    }

    @Bean
    Interactions interactions(Reading reading, ObjectProvider<SearchInteraction> search) {
        return new Interactions(reading, search);
    }
}
