package allmende.app.server;

import allmende.app.administration.SitePagesConfiguration;
import allmende.app.audit.AccessLogConfiguration;
import allmende.app.audit.AuditConfiguration;
import allmende.app.bulk.BulkConfiguration;
import allmende.app.consent.ConsentConfiguration;
import allmende.app.deident.DeidentConfiguration;
import allmende.app.extraction.ExtractionConfiguration;
import allmende.app.feasibility.FeasibilityConfiguration;
import allmende.app.fhirapi.FhirApiConfiguration;
import allmende.app.fhirapi.XmlForm;
import allmende.app.identity.SiteIdentityConfiguration;
import allmende.app.operations.OperationsConfiguration;
import allmende.app.projects.ProjectsConfiguration;
import allmende.app.pseudonyms.PseudonymConfiguration;
import allmende.app.quality.QualityConfiguration;
import allmende.app.site.Site;
import allmende.app.subjects.SubjectsConfiguration;
import allmende.app.terminology.TerminologyConfiguration;
import allmende.app.web.WebConfiguration;
import allmende.engine.packages.Packages;
import allmende.engine.terminology.CodeSets;
import java.time.Duration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Names what a site is made of; nothing is found by scanning. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({
    AuditConfiguration.class,
    AccessLogConfiguration.class,
    BulkConfiguration.class,
    DeidentConfiguration.class,
    ConsentConfiguration.class,
    ExtractionConfiguration.class,
    SiteIdentityConfiguration.class,
    FeasibilityConfiguration.class,
    FhirApiConfiguration.class,
    OperationsConfiguration.class,
    PseudonymConfiguration.class,
    TerminologyConfiguration.class,
    QualityConfiguration.class,
    ProjectsConfiguration.class,
    SubjectsConfiguration.class,
    WebConfiguration.class,
    SitePagesConfiguration.class
})
class ServerConfiguration {

    private static final Duration PACKAGES_LOOKED_AT = Duration.ofSeconds(5);

    /** The FHIR packages of the site; what a command installs or removes meanwhile is noticed. */
    @Bean(destroyMethod = "close")
    Packages packages(Site site) {
        Packages packages = Packages.open(site.location().packages());
        packages.watch(PACKAGES_LOOKED_AT);
        return packages;
    }

    /** Resources in XML, for those who ask. */
    @Bean
    XmlForm xmlForm() {
        return new HapiXml();
    }

    /** What search knows beyond the standard: parameters of installed packages, and what codes mean. */
    @Bean
    InstalledSearch installedSearch(Site site, Packages packages, CodeSets codeSets) {
        return new InstalledSearch(site.search(), packages, codeSets);
    }

    /** Part of the readiness probe: up once everything stored at the start can be counted. */
    @Bean
    HealthIndicator indexHealthIndicator(Site site) {
        return new IndexHealth(site);
    }
}
