package allmende.app.identity;

import allmende.app.audit.AuditTrail;
import allmende.app.audit.IdentityTables;
import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.web.SecurityFilterChain;
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
    SecurityFilterChain programs(HttpSecurity http, LocalToken token, PasswordLogin login) {
        http.securityMatcher("/api/**", "/operations/**")
                .authenticationProvider(login)
                .authorizeHttpRequests(requests -> {
                    requests.requestMatchers("/operations/**").hasAuthority(Chains.OPERATOR);
                    requests.anyRequest().hasAnyRole(Role.RESEARCHER.name(), Role.ADMIN.name());
                });
        Chains.programs(http, token);
        return http.build();
    }

    /** People: a session after a login form, protected against requests forged by other pages. */
    @Bean
    @Order(3)
    SecurityFilterChain pages(HttpSecurity http, PasswordLogin login, Sessions sessions) {
        http.authenticationProvider(login)
                .authorizeHttpRequests(requests -> {
                    requests.requestMatchers(Chains.ASSETS).permitAll();
                    requests.requestMatchers("/", "/start", "/tour", "/register", "/login/**", "/accessibility")
                            .permitAll();
                    requests.requestMatchers("/workbench/**", "/concepts/**")
                            .hasAnyRole(Role.RESEARCHER.name(), Role.ADMIN.name());
                    requests.requestMatchers("/coordination/**").hasRole(Role.COORDINATION.name());
                    requests.requestMatchers("/admin/**").hasRole(Role.ADMIN.name());
                    requests.anyRequest().authenticated();
                })
                .addFilterAfter(new LoginRate(), SecurityContextHolderFilter.class)
                .addFilterAfter(new SessionFilter(sessions), SecurityContextHolderFilter.class)
                .exceptionHandling(handling -> handling.authenticationEntryPoint(Chains.toLogin()))
                .formLogin(form -> form.loginPage("/login").successHandler(new LoggedIn(sessions, account -> {})))
                .logout(logout ->
                        logout.addLogoutHandler(LoggedIn.leaving(sessions)).logoutSuccessUrl("/login?out"));
        Chains.headers(http);
        return http.build();
    }
}
