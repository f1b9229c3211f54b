package allmende.app.identity;

import allmende.app.audit.AuditTrail;
import allmende.app.audit.IdentityTables;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.web.server.servlet.CookieSameSiteSupplier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.oauth2.client.web.HttpSessionOAuth2AuthorizedClientRepository;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.www.BasicAuthenticationFilter;
import org.springframework.security.web.context.SecurityContextHolderFilter;

/**
 * Accounts and login at a portal. Beans wanted: {@link IdentityTables}, {@link AuditTrail}, {@link LocalToken},
 * {@link LocalUsers} (who is in that file may log in as administrator); an {@link OidcProvider} where there is one.
 */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
public class PortalIdentityConfiguration {

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
            HttpSecurity http,
            LocalToken token,
            PasswordLogin login,
            Accounts accounts,
            ObjectProvider<OidcProvider> provider) {
        http.securityMatcher("/api/**", "/operations/**")
                .authenticationProvider(login)
                .authorizeHttpRequests(requests -> {
                    requests.requestMatchers("/operations/**").hasAuthority(Chains.OPERATOR);
                    requests.anyRequest().hasAnyRole(Role.RESEARCHER.name(), Role.ADMIN.name());
                });
        Chains.programs(http, token);
        provider.ifAvailable(
                known -> http.addFilterBefore(new BearerFilter(known, accounts), BasicAuthenticationFilter.class));
        return http.build();
    }

    @Bean
    LoggedIn loggedIn(Sessions sessions, AccountDesk desk) {
        return new LoggedIn(sessions, desk::entered);
    }

    /** A provider sends people back from its own site, which a strict cookie would not survive. */
    @Bean
    CookieSameSiteSupplier sessionCookieAfterProvider(ObjectProvider<OidcProvider> provider) {
        CookieSameSiteSupplier lax = CookieSameSiteSupplier.ofLax();
        return provider.getIfAvailable() == null ? cookie -> null : lax.whenHasNameMatching("allmende.*");
    }

    @Bean
    OidcLogins oidcLogins(
            ObjectProvider<OidcProvider> provider, Accounts accounts, AccountDesk desk, Registration registration) {
        OidcProvider known = provider.getIfAvailable();
        return new OidcLogins(known == null ? null : new OidcLogin(known, accounts, desk, registration));
    }

    /** The login by a provider, where there is one. */
    record OidcLogins(@Nullable OidcLogin login) {}

    /** People: a session after a login form, protected against requests forged by other pages. */
    @Bean
    @Order(3)
    SecurityFilterChain pages(
            HttpSecurity http, PasswordLogin login, Sessions sessions, LoggedIn loggedIn, OidcLogins oidc) {
        http.authenticationProvider(login)
                .authorizeHttpRequests(PortalIdentityConfiguration::rolesOnPages)
                .addFilterAfter(new LoginRate(), SecurityContextHolderFilter.class)
                .addFilterAfter(new SessionFilter(sessions), SecurityContextHolderFilter.class)
                .formLogin(form -> form.loginPage("/login").successHandler(loggedIn))
                .logout(logout ->
                        logout.addLogoutHandler(LoggedIn.leaving(sessions)).logoutSuccessUrl("/login?out"));
        OidcLogin provider = oidc.login();
        if (provider != null) {
            http.oauth2Login(other -> other.loginPage("/login")
                    .clientRegistrationRepository(provider)
                    .authorizedClientRepository(new HttpSessionOAuth2AuthorizedClientRepository())
                    .userInfoEndpoint(users -> users.oidcUserService(provider))
                    .successHandler(loggedIn)
                    .failureUrl("/login?error=provider"));
        }
        http.exceptionHandling(handling -> handling.authenticationEntryPoint(Chains.toLogin()));
        Chains.headers(http);
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
