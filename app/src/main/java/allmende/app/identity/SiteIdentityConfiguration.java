package allmende.app.identity;

import allmende.app.audit.AuditTrail;
import allmende.app.audit.IdentityTables;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.security.web.savedrequest.RequestCache;

/**
 * Login at a site. Beans wanted: {@link Access}, {@link LocalToken}, {@link LocalUsers}, {@link IdentityTables},
 * {@link AuditTrail}.
 */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
public class SiteIdentityConfiguration {

    private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "127.0.0.1", "[::1]", "::1");
    private static final List<LoggedIn.Desk> DESKS = List.of(new LoggedIn.Desk(Role.SITE_ENGINEER, "/site"));

    @Bean
    Sessions sessions(ObjectProvider<InstantSource> clock) {
        return new Sessions(clock.getIfAvailable(InstantSource::system));
    }

    @Bean
    PasswordLogin passwordLogin(
            LocalUsers users, IdentityTables tables, AuditTrail audit, ObjectProvider<InstantSource> clock) {
        return new PasswordLogin(
                new LocalDirectory(users),
                new PasswordHashes(),
                new LoginGuard(tables, clock.getIfAvailable(InstantSource::system)),
                audit);
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

    /** Programs, among them this machine's own commands. */
    @Bean
    @Order(1)
    SecurityFilterChain programs(HttpSecurity http, Access access, LocalToken token, PasswordLogin login) {
        http.securityMatcher("/api/**", "/query/execute", "/cache/stats", "/operations/**", "/fhir/**")
                .authenticationProvider(login)
                .authorizeHttpRequests(requests -> {
                    requests.requestMatchers("/operations/**").hasAuthority(Chains.OPERATOR);
                    if (access == Access.OPEN) {
                        requests.anyRequest().permitAll();
                    } else {
                        requests.anyRequest().authenticated();
                    }
                });
        Chains.programs(http, token);
        return http.build();
    }

    /** Data over FHIR: a password, this machine's token or a machine's token with each request. */
    @Bean
    @Order(0)
    SecurityFilterChain fhir(HttpSecurity http, Access access, LocalToken token, PasswordLogin login) {
        http.securityMatcher("/fhir/**").authenticationProvider(login).authorizeHttpRequests(requests -> {
            requests.requestMatchers("/fhir/metadata").permitAll();
            if (access == Access.OPEN) {
                requests.anyRequest().permitAll();
            } else {
                requests.anyRequest().authenticated();
            }
        });
        if (access == Access.OPEN) {
            http.anonymous(anybody -> anybody.authorities(Callers.OPEN));
        }
        Chains.programs(http, token);
        return http.build();
    }

    /**
     * People: a session after a login form, protected against requests forged by other pages. The pages that change how
     * the site answers want a login even where asking is open.
     */
    @Bean
    @Order(2)
    SecurityFilterChain pages(HttpSecurity http, Access access, PasswordLogin login, Sessions sessions) {
        RequestCache wanted = Chains.wanted();
        http.authenticationProvider(login)
                .authorizeHttpRequests(requests -> {
                    requests.requestMatchers(Chains.ASSETS).permitAll();
                    requests.requestMatchers("/login", "/accessibility").permitAll();
                    requests.requestMatchers("/site/**").hasRole(Role.SITE_ENGINEER.name());
                    requests.requestMatchers("/account/**").authenticated();
                    if (access == Access.OPEN) {
                        requests.anyRequest().permitAll();
                    } else {
                        requests.anyRequest().authenticated();
                    }
                })
                .addFilterAfter(new LoginRate(), SecurityContextHolderFilter.class)
                .addFilterAfter(new SessionFilter(sessions, wanted), SecurityContextHolderFilter.class)
                .exceptionHandling(handling -> handling.authenticationEntryPoint(Chains.toLogin()))
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.IF_REQUIRED))
                .requestCache(cache -> cache.requestCache(wanted))
                .formLogin(form ->
                        form.loginPage("/login").successHandler(new LoggedIn(sessions, wanted, DESKS, account -> {})))
                .logout(logout ->
                        logout.addLogoutHandler(LoggedIn.leaving(sessions)).logoutSuccessUrl(OidcLogout.AFTER));
        Chains.headers(http);
        return http.build();
    }
}
