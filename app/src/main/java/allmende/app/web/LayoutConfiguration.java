package allmende.app.web;

import java.time.Duration;
import java.util.Locale;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.i18n.LocaleChangeInterceptor;

/** What the pages of every party share: the frame, the languages, login and error pages. */
@Configuration(proxyBeanMethods = false)
@Import({PageErrors.class, LoginController.class, LayoutModel.class})
public class LayoutConfiguration implements WebMvcConfigurer {

    private static final Duration LANGUAGE_KEPT = Duration.ofDays(365);

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
        // It looks into forms, and FHIR doors read the bodies of theirs themselves.
        registry.addInterceptor(change)
                .excludePathPatterns("/fhir", "/fhir/**", "/pseudonyms/fhir", "/pseudonyms/fhir/**", "/ttp-fhir/**");
    }

    /** The languages of the pages. */
    static Locale supported(Locale wish) {
        return wish.getLanguage().equals(Locale.GERMAN.getLanguage()) ? Locale.GERMAN : Locale.ENGLISH;
    }
}
