package allmende.app.bulk;

import allmende.app.fhirapi.OperationCapabilities;
import allmende.app.fhirapi.OperationCapabilities.Operation;
import allmende.app.fhirapi.Watch;
import allmende.app.site.Site;
import allmende.engine.search.Search;
import java.time.InstantSource;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Bulk data over HTTP. Beans wanted: {@link Site}, {@link Watch}; used where it is there: {@link Search}. */
@Configuration(proxyBeanMethods = false)
@Import({ExportController.class, JobController.class, ViewController.class})
public class BulkConfiguration {

    @Bean
    Jobs bulkJobs(Site site, ObjectProvider<InstantSource> clock, ObjectProvider<Search> search) {
        return new Jobs(site, BulkLimits.SITE, clock.getIfAvailable(InstantSource::system), new PartWriter(search));
    }

    @Bean
    KickOff kickOff(Site site, Watch watch, Jobs jobs, ObjectProvider<InstantSource> clock) {
        return new KickOff(site, watch, jobs, BulkLimits.SITE, clock.getIfAvailable(InstantSource::system));
    }

    @Bean
    ViewRun viewRun(KickOff kickOff) {
        return new ViewRun(kickOff);
    }

    @Bean
    OperationCapabilities bulkOperations() {
        String bulk = "http://hl7.org/fhir/uv/bulkdata/OperationDefinition/";
        return () -> List.of(
                new Operation("", "export", bulk + "export"),
                new Operation("Patient", "export", bulk + "patient-export"),
                new Operation("Group", "export", bulk + "group-export"),
                new Operation("", "viewdefinition-run", "http://sql-on-fhir.org/OperationDefinition/$run"),
                new Operation("", "viewdefinition-export", "http://sql-on-fhir.org/OperationDefinition/$export"));
    }
}
