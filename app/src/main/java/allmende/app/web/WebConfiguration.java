package allmende.app.web;

import allmende.app.feasibility.CountService;
import allmende.app.identity.Access;
import allmende.app.site.Site;
import java.time.Duration;
import java.util.Locale;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.i18n.LocaleChangeInterceptor;

/** The pages. Beans wanted: {@link Site}, {@link CountService}, {@link Access}. */
@Configuration(proxyBeanMethods = false)
@Import({PageController.class, LoginController.class, PageErrors.class})
public class WebConfiguration implements WebMvcConfigurer {

    private static final Duration LANGUAGE_KEPT = Duration.ofDays(365);

    @Bean
    QuestionLibrary questionLibrary() {
        return QuestionLibrary.shipped();
    }

    @Bean
    Overviews overviews(Site site) {
        return new Overviews(site);
    }

    /** The language chosen on the page, else the browser's wish, else English. */
    @Bean
    LocaleResolver localeResolver() {
        LanguageResolver resolver = new LanguageResolver("language");
        resolver.setCookieMaxAge(LANGUAGE_KEPT);
        resolver.setCookieHttpOnly(true);
        resolver.setCookieSameSite("Lax");
        return resolver;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        LocaleChangeInterceptor change = new LocaleChangeInterceptor();
        change.setParamName("lang");
        change.setIgnoreInvalidLocale(true);
        registry.addInterceptor(change);
    }

    /** The languages of the pages. */
    static Locale supported(Locale wish) {
        return wish.getLanguage().equals(Locale.GERMAN.getLanguage()) ? Locale.GERMAN : Locale.ENGLISH;
    }
}
