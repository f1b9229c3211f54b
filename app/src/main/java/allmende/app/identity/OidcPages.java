package allmende.app.identity;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.Cookie;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.oauth2.client.web.HttpSessionOAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestRedirectFilter;
import org.springframework.security.web.authentication.www.BasicAuthenticationFilter;

/** The doors that a provider opens, where there is one. */
record OidcPages(
        @Nullable OidcRegistration registration, @Nullable OidcLogin login) {

    /** There is no provider. */
    static final OidcPages NONE = new OidcPages(null, null);

    /** Offers the login by the provider to people, and the logout there. */
    void offer(HttpSecurity http, LoggedIn loggedIn) {
        if (registration == null || login == null) {
            return;
        }
        OidcFailures failures = new OidcFailures();
        http.oauth2Login(other -> other.loginPage("/login")
                .clientRegistrationRepository(registration)
                .authorizedClientRepository(new HttpSessionOAuth2AuthorizedClientRepository())
                .tokenEndpoint(token -> token.accessTokenResponseClient(ProviderCalls.tokens()))
                .userInfoEndpoint(users -> users.oidcUserService(login))
                .successHandler(loggedIn)
                .failureHandler(failures)
                .addObjectPostProcessor(toldOnThePage(failures)));
        http.logout(logout -> logout.logoutSuccessHandler(new OidcLogout(registration)));
    }

    /** A provider that can't even be asked where to go is told like any other failure, not by a bare error. */
    private static ObjectPostProcessor<OAuth2AuthorizationRequestRedirectFilter> toldOnThePage(OidcFailures failures) {
        return new ObjectPostProcessor<>() {
            @Override
            public <O extends OAuth2AuthorizationRequestRedirectFilter> O postProcess(O filter) {
                filter.setAuthenticationFailureHandler(failures);
                return filter;
            }
        };
    }

    /** Lets in programs with a token of the provider. */
    void admitPrograms(HttpSecurity http, Accounts accounts) {
        if (registration != null) {
            http.addFilterBefore(new BearerFilter(registration, accounts), BasicAuthenticationFilter.class);
        }
    }

    /** The provider's origin, to which the logout leads; empty for none. */
    String origin() {
        return registration == null ? "" : OidcLogout.origin(registration.provider());
    }

    /**
     * A provider sends people back from its own site, which a strict session cookie would not survive; a lax one comes
     * along with links from elsewhere, but with no form.
     */
    void soften(Cookie session) {
        if (registration != null) {
            session.setSameSite(Cookie.SameSite.LAX);
        }
    }
}
