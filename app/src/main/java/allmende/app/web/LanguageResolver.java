package allmende.app.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collections;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.i18n.CookieLocaleResolver;

/** German or English: by cookie, else the first of the browser's wishes that is either, else English. */
final class LanguageResolver extends CookieLocaleResolver {

    LanguageResolver(String cookie) {
        super(cookie);
        setDefaultLocaleFunction(LanguageResolver::wished);
        setRejectInvalidCookies(false);
    }

    @Override
    public void setLocale(HttpServletRequest request, @Nullable HttpServletResponse response, @Nullable Locale locale) {
        super.setLocale(request, response, locale == null ? null : LayoutConfiguration.supported(locale));
    }

    private static Locale wished(HttpServletRequest request) {
        if (request.getHeader("Accept-Language") == null) {
            return Locale.ENGLISH;
        }
        for (Locale wish : Collections.list(request.getLocales())) {
            String language = wish.getLanguage();
            if (language.equals(Locale.GERMAN.getLanguage()) || language.equals(Locale.ENGLISH.getLanguage())) {
                return LayoutConfiguration.supported(wish);
            }
        }
        return Locale.ENGLISH;
    }
}
