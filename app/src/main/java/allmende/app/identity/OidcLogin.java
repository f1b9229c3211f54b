package allmende.app.identity;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserRequest;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserService;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.client.userinfo.OAuth2UserService;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;

/**
 * Login by an OpenID Connect provider, with the authorization code flow and PKCE. Who somebody is, is issuer and subject,
 * never the e-mail address: a provider may give an address to somebody else, and two providers may give out the same.
 */
final class OidcLogin implements OAuth2UserService<OidcUserRequest, OidcUser>, ClientRegistrationRepository {

    /** Name of the one registration; part of the addresses to and from the provider. */
    static final String REGISTRATION = "provider";

    private final OidcProvider provider;
    private final Accounts accounts;
    private final AccountDesk desk;
    private final Registration names;
    private final OidcUserService users = new OidcUserService();
    private volatile @Nullable ClientRegistration registration;

    OidcLogin(OidcProvider provider, Accounts accounts, AccountDesk desk, Registration names) {
        this.provider = provider;
        this.accounts = accounts;
        this.desk = desk;
        this.names = names;
    }

    /**
     * The registration with the addresses that the provider publishes; read when first needed, so that a portal starts
     * while its provider is away.
     */
    @Override
    public @Nullable ClientRegistration findByRegistrationId(String id) {
        if (!REGISTRATION.equals(id)) {
            return null;
        }
        ClientRegistration known = registration;
        if (known == null) {
            known = ClientRegistrations.fromOidcIssuerLocation(provider.issuer().toString())
                    .registrationId(REGISTRATION)
                    .clientId(provider.clientId())
                    .clientSecret(provider.clientSecret())
                    .clientName(provider.label())
                    .scope("openid", "profile", "email")
                    .clientSettings(ClientRegistration.ClientSettings.builder()
                            .requireProofKey(true)
                            .build())
                    .build();
            registration = known;
        }
        return known;
    }

    @Override
    public OidcUser loadUser(OidcUserRequest request) {
        OidcUser user = users.loadUser(request);
        String issuer = user.getIssuer() == null
                ? provider.issuer().toString()
                : user.getIssuer().toString();
        String subject = Objects.requireNonNull(user.getSubject());
        Account account = accounts.ofSubject(issuer, subject).orElseGet(() -> make(issuer, subject, user));
        if (account.locked()) {
            throw new OAuth2AuthenticationException(new OAuth2Error("account_locked"));
        }
        return new Person(account, user);
    }

    /** At the first login; where the person works is asked on the account page and then checked. */
    private Account make(String issuer, String subject, OidcUser user) {
        String displayName = Objects.requireNonNullElse(user.getFullName(), "Person");
        Account account = desk.insert(
                new NewAccount(
                        names.freeName(displayName),
                        displayName,
                        Objects.requireNonNullElse(user.getEmail(), ""),
                        "",
                        Set.of(Role.RESEARCHER)),
                null,
                "provider:" + issuer);
        desk.link(account.id(), issuer, subject);
        return account;
    }

    /** A person whom the provider has vouched for, under the name of the account. */
    static final class Person extends DefaultOidcUser implements HasAccount {

        @java.io.Serial
        private static final long serialVersionUID = 1L;

        private final long account;
        private final String accountName;

        Person(Account account, OidcUser user) {
            super(authorities(account), user.getIdToken(), user.getUserInfo());
            this.account = account.id();
            this.accountName = account.name();
        }

        private static Collection<GrantedAuthority> authorities(Account account) {
            List<GrantedAuthority> authorities = new ArrayList<>();
            account.roles().forEach(role -> authorities.add(new SimpleGrantedAuthority(role.authority())));
            return authorities;
        }

        @Override
        public long account() {
            return account;
        }

        @Override
        public String getName() {
            return accountName;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Person person && person.account == account;
        }

        @Override
        public int hashCode() {
            return Long.hashCode(account);
        }
    }
}
