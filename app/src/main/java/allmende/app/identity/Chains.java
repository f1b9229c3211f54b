package allmende.app.identity;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import org.springframework.http.MediaType;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.authentication.www.BasicAuthenticationFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;
import org.springframework.security.web.savedrequest.RequestCache;

/** What the security rules of portals and sites share. */
final class Chains {

    /** Authority of this machine's own commands. */
    static final String OPERATOR = "OPERATOR";

    /** What everybody may fetch. */
    static final String[] ASSETS = {
        "/vendor/**", "/style/**", "/script/**", "/image/**", "/actuator/health/**", "/error"
    };

    /**
     * Everything from this party alone. Images may be data URIs, since the design system keeps its icons in its style
     * sheet.
     */
    private static final String CONTENT_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; "
            + "img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
            + "frame-ancestors 'none'";

    private Chains() {}

    /** Headers of every answer to a browser. */
    static void headers(HttpSecurity http) {
        headers(http, "");
    }

    /**
     * The same.
     *
     * @param elsewhere origin to which a form may lead in the end; empty for none
     */
    static void headers(HttpSecurity http, String elsewhere) {
        String policies = CONTENT_POLICY.replace("form-action 'self'", ("form-action 'self' " + elsewhere).strip());
        http.headers(headers -> headers.contentSecurityPolicy(policy -> policy.policyDirectives(policies))
                .referrerPolicy(policy -> policy.policy(ReferrerPolicy.SAME_ORIGIN))
                .permissionsPolicyHeader(policy -> policy.policy("camera=(), geolocation=(), microphone=()")));
    }

    /**
     * Programs: no session, no forms; a password or the machine's token with each request. Where a browser's cookie comes
     * along, as from a script of a page, its session stays as it is: a new id would log the browser out.
     */
    static void programs(HttpSecurity http, LocalToken token) {
        http.csrf(csrf -> csrf.disable())
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS)
                        .sessionFixation(fixation -> fixation.none()))
                .addFilterBefore(new LocalTokenFilter(token), BasicAuthenticationFilter.class)
                .httpBasic(basic -> basic.authenticationEntryPoint(unauthorised()))
                .exceptionHandling(handling ->
                        handling.authenticationEntryPoint(unauthorised()).accessDeniedHandler(forbidden()));
        headers(http);
    }

    /** Who is not logged in is led to the login form; a part of a page can't be, so its page is told to reload. */
    static AuthenticationEntryPoint toLogin() {
        LoginUrlAuthenticationEntryPoint form = new LoginUrlAuthenticationEntryPoint("/login");
        return (request, response, exception) -> {
            if (request.getHeader("HX-Request") != null) {
                response.sendError(HttpServletResponse.SC_UNAUTHORIZED);
            } else {
                form.commence(request, response, exception);
            }
        };
    }

    /**
     * The pages that somebody may be led to after a login: pages that were asked for, not parts of pages, which come with
     * a page around them when it is loaded anew.
     */
    static RequestCache wanted() {
        HttpSessionRequestCache cache = new HttpSessionRequestCache();
        cache.setRequestMatcher(request -> "GET".equals(request.getMethod())
                && request.getHeader("HX-Request") == null
                && Objects.requireNonNullElse(request.getHeader("Accept"), "*/*")
                        .matches(".*(text/html|\\*/\\*).*"));
        return cache;
    }

    private static AuthenticationEntryPoint unauthorised() {
        return (request, response, exception) -> {
            if (FhirRefusal.speaks(request)) {
                response.addHeader("WWW-Authenticate", "Bearer");
            }
            response.addHeader("WWW-Authenticate", "Basic realm=\"Allmende\", charset=\"UTF-8\"");
            write(
                    request,
                    response,
                    new Problem(
                            HttpServletResponse.SC_UNAUTHORIZED,
                            "Unauthorized",
                            "Log in with name and password (HTTP Basic).",
                            "Mit Namen und Kennwort anmelden (HTTP Basic)."));
        };
    }

    private static AccessDeniedHandler forbidden() {
        return (request, response, exception) -> write(
                request,
                response,
                new Problem(
                        HttpServletResponse.SC_FORBIDDEN,
                        "Forbidden",
                        "This account does not have the role that is needed. Ask an administrator for it.",
                        "Diesem Konto fehlt die nötige Rolle. Eine Administratorin oder ein Administrator kann sie geben."));
    }

    /** What a program is told, in both languages. */
    record Problem(int status, String title, String english, String german) {}

    /** Answers a program in its language. */
    static void write(HttpServletRequest request, HttpServletResponse response, Problem problem) throws IOException {
        boolean german = request.getHeader("Accept-Language") != null
                && request.getLocale().getLanguage().equals(Locale.GERMAN.getLanguage());
        if (FhirRefusal.speaks(request)) {
            String code =
                    switch (problem.status()) {
                        case HttpServletResponse.SC_UNAUTHORIZED -> "login";
                        case HttpServletResponse.SC_FORBIDDEN -> "forbidden";
                        default -> "transient";
                    };
            FhirRefusal.write(response, problem.status(), code, german ? problem.german() : problem.english());
            return;
        }
        response.setStatus(problem.status());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        String body = "{\"type\":\"about:blank\",\"title\":\"" + problem.title() + "\",\"status\":" + problem.status()
                + ",\"detail\":\"" + (german ? problem.german() : problem.english()) + "\"}";
        response.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
    }
}
