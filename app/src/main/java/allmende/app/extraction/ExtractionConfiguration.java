package allmende.app.extraction;

import allmende.app.fhirapi.OperationCapabilities;
import allmende.app.fhirapi.OperationCapabilities.Operation;
import allmende.app.fhirapi.Watch;
import allmende.app.site.Settings;
import allmende.app.site.Site;
import allmende.engine.packages.Packages;
import allmende.engine.terminology.CodeSets;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

/** Extractions of a site. Beans wanted: {@link Site}, {@link Watch}, {@link Packages}, {@link CodeSets}. */
@Configuration(proxyBeanMethods = false)
@Import(ExtractController.class)
public class ExtractionConfiguration {

    @Bean
    Destination bundleDestination() {
        return new Transfer();
    }

    @Bean
    SiteExtractions siteExtractions(Site site, Packages packages, CodeSets codes) {
        String own = Settings.read(site.location().data()).get(Settings.Key.URL);
        Set<String> bases = own == null ? Set.of() : Set.of(own.replaceAll("/+$", "") + "/fhir");
        return new SiteExtractions(packages, codes, bases);
    }

    @Bean(destroyMethod = "close")
    ExtractionJobs extractionJobs(
            Site site,
            SiteExtractions extractions,
            ObjectProvider<Destination> destinations,
            ObjectProvider<InstantSource> clock) {
        Map<String, Destination> byName = new LinkedHashMap<>();
        destinations.forEach(each -> byName.put(each.name(), each));
        return new ExtractionJobs(site, byName, extractions::pipeline, clock.getIfAvailable(InstantSource::system));
    }

    @Bean
    RouterFunction<ServerResponse> extractionTasks(ExtractionJobs jobs, Watch watch) {
        TaskDoor door = new TaskDoor(jobs, watch);
        return RouterFunctions.route(door::concerns, door::answer);
    }

    @Bean
    OperationCapabilities extractionOperations() {
        return () -> List.of(
                new Operation("", "extract-data", "https://torch.mii.de/fhir/OperationDefinition/extract-data"));
    }
}
