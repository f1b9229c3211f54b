package allmende.app.identity;

import allmende.app.audit.AccessLog;
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
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.jwt.JwtDecoderFactory;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.www.BasicAuthenticationFilter;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.security.web.savedrequest.RequestCache;

/**
 * Login at a site. Beans wanted: {@link Access}, {@link LocalToken}, {@link LocalUsers}, {@link Clients},
 * {@link SiteAddress}, {@link IdentityTables}, {@link AuditTrail}, {@link AccessLog}; an {@link OidcProvider} where there
 * is one.
 */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
@Import(TokenController.class)
public class SiteIdentityConfiguration {

    private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "127.0.0.1", "[::1]", "::1");
    private static final List<LoggedIn.Desk> DESKS = List.of(
            new LoggedIn.Desk(Role.SITE_ENGINEER, "/site"),
            new LoggedIn.Desk(Role.TRANSFER_OFFICE, "/site"),
            new LoggedIn.Desk(Role.UAC_MEMBER, "/site"),
            new LoggedIn.Desk(Role.TRUST_CENTRE, "/pseudonyms"),
            new LoggedIn.Desk(Role.AUDITOR, "/audit"),
            new LoggedIn.Desk(Role.PATIENT, "/my-data"));

    @Bean
    Sessions sessions(ObjectProvider<InstantSource> clock) {
        return new Sessions(clock.getIfAvailable(InstantSource::system));
    }

    @Bean
    LoginGuard loginGuard(IdentityTables tables, ObjectProvider<InstantSource> clock) {
        return new LoginGuard(tables, clock.getIfAvailable(InstantSource::system));
    }

    @Bean
    PasswordLogin passwordLogin(LocalUsers users, LoginGuard guard, AuditTrail audit) {
        return new PasswordLogin(new LocalDirectory(users), new PasswordHashes(), guard, audit);
    }

    /** The accounts of those whom a provider has vouched for; local users have none. */
    @Bean
    Accounts accounts(IdentityTables tables) {
        return new Accounts(tables);
    }

    @Bean
    AccountDesk.Tools accountTools(IdentityTables tables, LoginGuard guard, ObjectProvider<InstantSource> clock) {
        return new AccountDesk.Tools(tables, new PasswordHashes(), guard, clock.getIfAvailable(InstantSource::system));
    }

    @Bean
    AccountDesk accountDesk(Accounts accounts, AccountDesk.Tools tools, AuditTrail audit, Sessions sessions) {
        return new AccountDesk(accounts, tools, audit, sessions);
    }

    /** Somebody who comes by the provider has no role but those that the provider gives. */
    @Bean
    OidcPages oidcPages(
            ObjectProvider<OidcProvider> provider, Accounts accounts, AccountDesk desk, AccountDesk.Tools tools) {
        OidcProvider known = provider.getIfAvailable();
        if (known == null) {
            return OidcPages.NONE;
        }
        Registration names = new Registration(accounts, desk, tools.encoder());
        return new OidcPages(
                new OidcRegistration(known),
                new OidcLogin(known, accounts, desk, new OidcLogin.FirstLogin(names, Set.of())));
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

    @Bean
    AccessTokens accessTokens(Clients clients, ObjectProvider<InstantSource> clock) {
        return new AccessTokens(clients, clock.getIfAvailable(InstantSource::system));
    }

    @Bean
    ClientLogin clientLogin(Clients clients, IdentityTables tables, ObjectProvider<InstantSource> clock) {
        return new ClientLogin(clients, new Assertions(tables), clock.getIfAvailable(InstantSource::system));
    }

    @Bean
    RequestCache wanted() {
        return Chains.wanted();
    }

    @Bean
    LoggedIn loggedIn(Sessions sessions, RequestCache wanted, AccountDesk desk) {
        return new LoggedIn(sessions, wanted, DESKS, account -> {
            if (account != 0) {
                desk.entered(account);
            }
        });
    }

    /** By what one comes in. */
    @Bean
    SiteDoors siteDoors(Access access, PasswordLogin login, LocalToken token, OidcPages oidc, Accounts accounts) {
        return new SiteDoors(access, login, token, oidc, accounts);
    }

    /** By what one comes in. */
    record SiteDoors(Access access, PasswordLogin login, LocalToken token, OidcPages oidc, Accounts accounts) {

        private boolean open() {
            return access == Access.OPEN;
        }
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

    /** Where machines get tokens; who asks proves it in the request itself. */
    @Bean
    @Order(0)
    SecurityFilterChain tokens(HttpSecurity http) {
        http.securityMatcher("/auth/**")
                .csrf(csrf -> csrf.disable())
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .addFilterAfter(new LoginRate(), SecurityContextHolderFilter.class)
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll());
        Chains.headers(http);
        return http.build();
    }

    /** Data over FHIR: with each request a machine's token, a provider's, this machine's own, or a password. */
    @Bean
    @Order(1)
    SecurityFilterChain fhir(HttpSecurity http, SiteDoors doors, AccessTokens tokens, AccessLog log) {
        http.securityMatcher("/fhir/**", "/fhir")
                .authenticationProvider(doors.login())
                .authorizeHttpRequests(requests -> {
                    requests.requestMatchers("/fhir/metadata", "/fhir/.well-known/**", "/fhir/$versions")
                            .permitAll();
                    byAccess(requests.anyRequest(), doors);
                });
        if (doors.open()) {
            http.anonymous(anybody -> anybody.authorities(Callers.OPEN));
        }
        Chains.programs(http, doors.token());
        boolean provider = doors.oidc().registration() != null;
        http.addFilterBefore(new MachineFilter(tokens, provider), BasicAuthenticationFilter.class);
        doors.oidc().admitPrograms(http, doors.accounts());
        http.addFilterAfter(new FhirGate(log), AuthorizationFilter.class);
        return http.build();
    }

    /** Pseudonyms: the same ways in as to data over FHIR; the doors ask for more by themselves. */
    @Bean
    @Order(1)
    SecurityFilterChain pseudonymDoors(HttpSecurity http, SiteDoors doors, AccessTokens tokens) {
        http.securityMatcher(FhirRefusal.PSEUDONYM_DOORS)
                .authenticationProvider(doors.login())
                .authorizeHttpRequests(requests -> {
                    requests.requestMatchers(HttpMethod.GET, "/*/fhir/metadata", "/*/fhir/*/metadata")
                            .permitAll();
                    byAccess(requests.anyRequest(), doors);
                });
        if (doors.open()) {
            http.anonymous(anybody -> anybody.authorities(Callers.OPEN));
        }
        Chains.programs(http, doors.token());
        boolean provider = doors.oidc().registration() != null;
        http.addFilterBefore(new MachineFilter(tokens, provider), BasicAuthenticationFilter.class);
        doors.oidc().admitPrograms(http, doors.accounts());
        return http.build();
    }

    /** Programs, among them this machine's own commands. */
    @Bean
    @Order(2)
    SecurityFilterChain programs(HttpSecurity http, SiteDoors doors) {
        http.securityMatcher("/api/**", "/query/execute", "/cache/stats", "/operations/**")
                .authenticationProvider(doors.login())
                .authorizeHttpRequests(requests -> {
                    requests.requestMatchers("/operations/**").hasAuthority(Chains.OPERATOR);
                    if (doors.open()) {
                        requests.anyRequest().permitAll();
                    } else {
                        requests.requestMatchers("/api/deliveries/**").permitAll();
                        requests.requestMatchers("/api/projects/**").hasAnyAuthority(SiteRights.PROJECTS.names());
                        requests.requestMatchers("/api/subjects/**").hasAnyAuthority(SiteRights.SUBJECTS.names());
                        requests.requestMatchers("/api/my-data/**").hasAnyAuthority(SiteRights.READ_OWN_DATA.names());
                        requests.requestMatchers("/cache/stats").authenticated();
                        requests.anyRequest().hasAnyAuthority(mayCount());
                    }
                });
        Chains.programs(http, doors.token());
        doors.oidc().admitPrograms(http, doors.accounts());
        return http.build();
    }

    private static String[] mayCount() {
        List<String> authorities = new java.util.ArrayList<>(SiteRights.COUNT.authorities());
        authorities.add(Chains.OPERATOR);
        return authorities.toArray(String[]::new);
    }

    /**
     * People: a session after a login form, protected against requests forged by other pages. The pages that change how
     * the site answers want a login even where asking is open.
     */
    @Bean
    @Order(3)
    SecurityFilterChain pages(HttpSecurity http, SiteDoors doors, Sessions sessions, LoggedIn loggedIn) {
        RequestCache wanted = loggedIn.wanted();
        http.authenticationProvider(doors.login())
                .authorizeHttpRequests(requests -> rightsOnPages(requests, doors))
                .addFilterAfter(new LoginRate(), SecurityContextHolderFilter.class)
                .addFilterAfter(new SessionFilter(sessions, wanted), SecurityContextHolderFilter.class)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.IF_REQUIRED))
                .requestCache(cache -> cache.requestCache(wanted))
                .formLogin(form -> form.loginPage("/login").successHandler(loggedIn))
                .logout(logout ->
                        logout.addLogoutHandler(LoggedIn.leaving(sessions)).logoutSuccessUrl(OidcLogout.AFTER));
        doors.oidc().offer(http, loggedIn);
        http.exceptionHandling(handling -> handling.authenticationEntryPoint(Chains.toLogin()));
        Chains.headers(http, doors.oidc().origin());
        return http.build();
    }

    private static void rightsOnPages(
            AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry requests,
            SiteDoors doors) {
        requests.requestMatchers(Chains.ASSETS).permitAll();
        requests.requestMatchers("/login/**", "/accessibility").permitAll();
        requests.requestMatchers("/site/audit").hasAnyAuthority(SiteRights.DESK.names());
        requests.requestMatchers(HttpMethod.GET, "/site/**").hasAnyAuthority(SiteRights.DESK.names());
        requests.requestMatchers("/site/**").hasAnyAuthority(SiteRights.DESK_ACTS.names());
        // whoever holds the token of a delivery needs no account
        requests.requestMatchers("/deliveries/**").permitAll();
        requests.requestMatchers("/projects/**").hasAnyAuthority(SiteRights.PROJECTS.names());
        requests.requestMatchers("/subjects/**").hasAnyAuthority(SiteRights.SUBJECTS.names());
        requests.requestMatchers("/audit/**").hasAnyAuthority(SiteRights.ACCESS_LOG.names());
        requests.requestMatchers("/pseudonyms/requests/**").hasAnyAuthority(SiteRights.PSEUDONYMS.names());
        requests.requestMatchers(HttpMethod.GET, "/pseudonyms/**")
                .hasAnyAuthority(SiteRights.PSEUDONYM_DOMAINS.names());
        requests.requestMatchers("/pseudonyms/**").hasAnyAuthority(SiteRights.PSEUDONYMS.names());
        requests.requestMatchers("/my-data/**").hasAnyAuthority(SiteRights.READ_OWN_DATA.names());
        requests.requestMatchers("/account/**").authenticated();
        if (!doors.open()) {
            requests.requestMatchers("/consent/**").hasAnyAuthority(SiteRights.CONSENT.names());
            requests.requestMatchers("/quality/**").hasAnyAuthority(SiteRights.QUALITY.names());
            requests.requestMatchers("/", "/query/**", "/questions/**").hasAnyAuthority(SiteRights.COUNT.names());
        }
        byAccess(requests.anyRequest(), doors);
    }

    private static void byAccess(AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizedUrl rest, SiteDoors doors) {
        if (doors.open()) {
            rest.permitAll();
        } else {
            rest.authenticated();
        }
    }
}
