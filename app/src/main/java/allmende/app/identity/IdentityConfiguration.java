package allmende.app.identity;

import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.MediaType;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.www.BasicAuthenticationFilter;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/** Login and security headers. Beans wanted: {@link Access}, {@link LocalToken}, {@link LocalUsers}. */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
public class IdentityConfiguration {

    /** Authority of this machine's own commands. */
    static final String OPERATOR = "OPERATOR";

    /**
     * Everything from this site alone. Images may be data URIs, since the design system keeps its icons in its style
     * sheet.
     */
    private static final String CONTENT_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; "
            + "img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
            + "frame-ancestors 'none'";

    private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

    @Bean
    PasswordEncoder passwordEncoder(LocalUsers users) {
        return users.encoder();
    }

    /**
     * An open site answers only to the loopback's names: a page from elsewhere whose name was made to point here would
     * otherwise read the answers.
     */
    @Bean
    StrictHttpFirewall httpFirewall(Access access) {
        StrictHttpFirewall firewall = new StrictHttpFirewall();
        if (access == Access.OPEN) {
            firewall.setAllowedHostnames(LOOPBACK_NAMES::contains);
        }
        return firewall;
    }

    /** Programs: no session, no forms; a password or the machine's token with each request. */
    @Bean
    @Order(1)
    SecurityFilterChain programs(HttpSecurity http, Access access, LocalToken token) {
        http.securityMatcher("/api/**", "/query/execute", "/cache/stats", "/operations/**")
                .csrf(csrf -> csrf.disable())
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .addFilterBefore(new LocalTokenFilter(token), BasicAuthenticationFilter.class)
                .httpBasic(basic -> basic.authenticationEntryPoint(problem()))
                .exceptionHandling(handling -> handling.authenticationEntryPoint(problem()))
                .headers(headers -> headers.contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT_POLICY)))
                .authorizeHttpRequests(requests -> {
                    requests.requestMatchers("/operations/**").hasAuthority(OPERATOR);
                    if (access == Access.OPEN) {
                        requests.anyRequest().permitAll();
                    } else {
                        requests.anyRequest().authenticated();
                    }
                });
        return http.build();
    }

    /** People: a session after a login form, protected against requests forged by other pages. */
    @Bean
    @Order(2)
    SecurityFilterChain pages(HttpSecurity http, Access access) {
        http.authorizeHttpRequests(requests -> {
                    requests.requestMatchers(
                                    "/vendor/**",
                                    "/style/**",
                                    "/script/**",
                                    "/image/**",
                                    "/actuator/health/**",
                                    "/error")
                            .permitAll();
                    if (access == Access.OPEN) {
                        requests.anyRequest().permitAll();
                    } else {
                        requests.anyRequest().authenticated();
                    }
                })
                .headers(headers -> headers.contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT_POLICY))
                        .referrerPolicy(policy -> policy.policy(ReferrerPolicy.SAME_ORIGIN))
                        .permissionsPolicyHeader(policy -> policy.policy("camera=(), geolocation=(), microphone=()")));
        if (access == Access.LOGIN) {
            http.formLogin(form -> form.loginPage("/login").permitAll())
                    .logout(logout -> logout.logoutSuccessUrl("/login?out").permitAll());
        }
        return http.build();
    }

    private static AuthenticationEntryPoint problem() {
        byte[] body =
                "{\"type\":\"about:blank\",\"title\":\"Unauthorized\",\"status\":401,\"detail\":\"Log in with name and password (HTTP Basic).\"}"
                        .getBytes(StandardCharsets.UTF_8);
        return (request, response, exception) -> {
            response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
            response.setHeader("WWW-Authenticate", "Basic realm=\"Allmende\", charset=\"UTF-8\"");
            response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
            response.getOutputStream().write(body);
        };
    }
}
