package allmende.app.feasibility;

import allmende.app.site.Site;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Counting over HTTP. Beans wanted: {@link Site}, {@link Limits}. */
@Configuration(proxyBeanMethods = false)
@Import(CountController.class)
public class FeasibilityConfiguration {

    @Bean
    CountService countService(Site site, Limits limits) {
        return new CountService(site, limits);
    }
}
