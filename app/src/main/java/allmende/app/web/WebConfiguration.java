package allmende.app.web;

import allmende.app.feasibility.CountService;
import allmende.app.site.Site;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The pages of a site. Beans wanted: {@link Site}, {@link CountService}. */
@Configuration(proxyBeanMethods = false)
@Import({LayoutConfiguration.class, PageController.class})
public class WebConfiguration {

    @Bean
    QuestionLibrary questionLibrary() {
        return QuestionLibrary.shipped();
    }

    @Bean
    Overviews overviews(Site site) {
        return new Overviews(site);
    }
}
