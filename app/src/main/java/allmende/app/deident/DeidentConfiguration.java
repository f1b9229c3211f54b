package allmende.app.deident;

import allmende.app.fhirapi.OperationCapabilities;
import allmende.app.keys.KeyVault;
import allmende.app.keys.KeysConfiguration;
import allmende.app.site.Site;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * De-identification. Beans wanted: {@link Site} and what the FHIR door brings; a
 * {@link allmende.app.pseudonyms.PseudonymService} is used where there is one. It gives {@link RuleShelf}, {@link ProjectKeys}
 * and {@link KeyVault}.
 */
@Configuration(proxyBeanMethods = false)
@Import({KeysConfiguration.class, DeidentifyController.class})
public class DeidentConfiguration {

    @Bean
    RuleShelf ruleShelf(Site site) {
        return new RuleShelf(site.location().data());
    }

    @Bean
    ProjectKeys projectKeys(KeyVault vault) {
        return new ProjectKeys(vault);
    }

    @Bean
    OperationCapabilities deidentOperations() {
        return () -> List.of(new OperationCapabilities.Operation(
                "", "de-identify", "https://allmende.invalid/fhir/OperationDefinition/de-identify"));
    }
}
