package allmende.app.identity;

import allmende.app.audit.AuditTrail;
import allmende.app.audit.IdentityTables;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.servlet.ConfigurableServletWebServerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.jwt.JwtDecoderFactory;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.security.web.savedrequest.RequestCache;

/**
 * Accounts and login at a portal. Beans wanted: {@link IdentityTables}, {@link AuditTrail}, {@link LocalToken},
 * {@link LocalUsers} (who is in that file may log in as administrator); an {@link OidcProvider} where there is one.
 */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
public class PortalIdentityConfiguration {

    /** Who has several roles begins with what is done most often. */
    private static final List<LoggedIn.Desk> DESKS = List.of(
            new LoggedIn.Desk(Role.RESEARCHER, "/workbench"),
            new LoggedIn.Desk(Role.COORDINATION, "/coordination"),
            new LoggedIn.Desk(Role.ADMIN, "/admin"));

    @Bean
    Sessions sessions(ObjectProvider<InstantSource> clock) {
        return new Sessions(clock.getIfAvailable(InstantSource::system));
    }

    @Bean
    Accounts accounts(IdentityTables tables) {
        return new Accounts(tables);
    }

    @Bean
    AccountDesk.Tools accountTools(IdentityTables tables, ObjectProvider<InstantSource> clock) {
        InstantSource now = clock.getIfAvailable(InstantSource::system);
        return new AccountDesk.Tools(tables, new PasswordHashes(), new LoginGuard(tables, now), now);
    }

    @Bean
    Affiliations affiliations(IdentityTables tables) {
        return new Affiliations(tables);
    }

    @Bean
    Teams teams(AccountDesk.Tools tools, Accounts accounts, AuditTrail audit) {
        return new Teams(tools.tables(), accounts, audit, tools.clock());
    }

    @Bean
    Registration registration(Accounts accounts, AccountDesk desk, AccountDesk.Tools tools) {
        return new Registration(accounts, desk, tools.encoder());
    }

    @Bean
    AccountDesk accountDesk(Accounts accounts, AccountDesk.Tools tools, AuditTrail audit, Sessions sessions) {
        return new AccountDesk(accounts, tools, audit, sessions);
    }

    @Bean
    PasswordLogin passwordLogin(AccountDirectory directory, AccountDesk.Tools tools, AuditTrail audit) {
        return new PasswordLogin(directory, tools.encoder(), tools.guard(), audit);
    }

    @Bean
    AccountDirectory accountDirectory(
            IdentityTables tables, Accounts accounts, AccountDesk desk, LocalUsers operators) {
        return new AccountDirectory(tables, accounts, desk, operators);
    }

    /** Programs of researchers, and this machine's own commands. */
    @Bean
    @Order(2)
    SecurityFilterChain programs(
            HttpSecurity http, LocalToken token, PasswordLogin login, Accounts accounts, OidcPages oidc) {
        http.securityMatcher("/api/**", "/operations/**")
                .authenticationProvider(login)
                .authorizeHttpRequests(requests -> {
                    requests.requestMatchers("/operations/**").hasAuthority(Chains.OPERATOR);
                    requests.anyRequest().hasAnyRole(Role.RESEARCHER.name(), Role.ADMIN.name());
                });
        Chains.programs(http, token);
        oidc.admitPrograms(http, accounts);
        return http.build();
    }

    @Bean
    RequestCache wanted() {
        return Chains.wanted();
    }

    @Bean
    LoggedIn loggedIn(Sessions sessions, RequestCache wanted, AccountDesk desk) {
        return new LoggedIn(sessions, wanted, DESKS, desk::entered);
    }

    @Bean
    OidcPages oidcPages(
            ObjectProvider<OidcProvider> provider, Accounts accounts, AccountDesk desk, Registration registration) {
        OidcProvider known = provider.getIfAvailable();
        return known == null
                ? OidcPages.NONE
                : new OidcPages(
                        new OidcRegistration(known),
                        new OidcLogin(
                                known,
                                accounts,
                                desk,
                                new OidcLogin.FirstLogin(registration, Set.of(Role.RESEARCHER))));
    }

    /** Found by its type, where there is a login by a provider. */
    @Bean
    JwtDecoderFactory<ClientRegistration> idTokens(OidcPages oidc) {
        return client -> Objects.requireNonNull(oidc.registration()).createDecoder(client);
    }

    @Bean
    WebServerFactoryCustomizer<ConfigurableServletWebServerFactory> sessionCookieAfterProvider(OidcPages oidc) {
        return server -> oidc.soften(server.getSettings().getSession().getCookie());
    }

    /** People: a session after a login form, protected against requests forged by other pages. */
    @Bean
    @Order(3)
    SecurityFilterChain pages(
            HttpSecurity http, PasswordLogin login, Sessions sessions, LoggedIn loggedIn, OidcPages oidc) {
        RequestCache wanted = loggedIn.wanted();
        http.authenticationProvider(login)
                .authorizeHttpRequests(PortalIdentityConfiguration::rolesOnPages)
                .addFilterAfter(new LoginRate(), SecurityContextHolderFilter.class)
                .addFilterAfter(new SessionFilter(sessions, wanted), SecurityContextHolderFilter.class)
                .requestCache(cache -> cache.requestCache(wanted))
                .formLogin(form -> form.loginPage("/login").successHandler(loggedIn))
                .logout(logout ->
                        logout.addLogoutHandler(LoggedIn.leaving(sessions)).logoutSuccessUrl(OidcLogout.AFTER));
        oidc.offer(http, loggedIn);
        http.exceptionHandling(handling -> handling.authenticationEntryPoint(Chains.toLogin()));
        Chains.headers(http, oidc.origin());
        return http.build();
    }

    private static void rolesOnPages(
            AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry requests) {
        requests.requestMatchers(Chains.ASSETS).permitAll();
        requests.requestMatchers("/", "/start/**", "/tour", "/register", "/login/**", "/accessibility")
                .permitAll();
        requests.requestMatchers("/workbench/**", "/concepts/**").hasAnyRole(Role.RESEARCHER.name(), Role.ADMIN.name());
        requests.requestMatchers("/coordination/**").hasRole(Role.COORDINATION.name());
        requests.requestMatchers("/admin/**").hasRole(Role.ADMIN.name());
        requests.anyRequest().authenticated();
    }
}
