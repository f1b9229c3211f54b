package allmende.app.keys;

import allmende.app.site.Site;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The keys of a site. Bean wanted: {@link Site}; it gives {@link KeyVault}. */
@Configuration(proxyBeanMethods = false)
public class KeysConfiguration {

    @Bean
    KeyVault keyVault(Site site) {
        return KeyVault.open(site.location().data(), System.getenv());
    }
}
