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
import org.springframework.security.oauth2.client.userinfo.DefaultOAuth2UserService;
import org.springframework.security.oauth2.client.userinfo.OAuth2UserService;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;

/**
 * Login by an OpenID Connect provider, with the authorization code flow and PKCE. Who somebody is, is issuer and subject,
 * never the e-mail address: a provider may give an address to somebody else, and two providers may give out the same.
 */
final class OidcLogin implements OAuth2UserService<OidcUserRequest, OidcUser> {

    /** Code of the error that the account is shut. */
    static final String SHUT = "account_locked";

    private static final int TEXT_MAX_CHARACTERS = 120;

    private final OidcProvider provider;
    private final Accounts accounts;
    private final AccountDesk desk;
    private final Registration names;
    private final Set<Role> first;
    private final OidcUserService users = new OidcUserService();

    /** {@code first} are the roles of somebody who comes for the first time, before the provider's count. */
    OidcLogin(OidcProvider provider, Accounts accounts, AccountDesk desk, FirstLogin first) {
        this.provider = provider;
        this.accounts = accounts;
        this.desk = desk;
        this.names = first.names();
        this.first = first.roles();
        DefaultOAuth2UserService about = new DefaultOAuth2UserService();
        about.setRestOperations(ProviderCalls.people());
        users.setOauth2UserService(about);
    }

    /**
     * What somebody gets who comes for the first time.
     *
     * @param names makes up the name of the account
     * @param roles before the provider's count
     */
    record FirstLogin(Registration names, Set<Role> roles) {}

    @Override
    public OidcUser loadUser(OidcUserRequest request) {
        OidcUser user = users.loadUser(request);
        String issuer = provider.issuer().toString();
        String subject = Objects.requireNonNull(user.getSubject());
        Account account = accounts.ofSubject(issuer, subject).orElseGet(() -> make(issuer, subject, user));
        if (account.locked()) {
            throw new OAuth2AuthenticationException(new OAuth2Error(SHUT));
        }
        Account entered = withRoles(account, user);
        desk.setPatient(entered.id(), provider.roles().patient(user.getClaims()).orElse(null), "provider:" + issuer);
        return new Person(entered, accounts.patient(entered.id()).orElse(null), user);
    }

    /** The last administrator keeps that role whatever the provider says: somebody has to be able to mend the rules. */
    private Account withRoles(Account account, OidcUser user) {
        Set<Role> roles = provider.roles().after(account.roles(), user.getClaims());
        if (roles.equals(account.roles()) || !desk.setRoles(account.id(), roles, "provider:" + provider.issuer())) {
            return account;
        }
        return accounts.find(account.id()).orElse(account);
    }

    /** At the first login; where the person works is asked on the account page and then checked. */
    private Account make(String issuer, String subject, OidcUser user) {
        String displayName = line(user.getFullName());
        String shown = displayName.isEmpty() ? "Person" : displayName;
        NewAccount person = new NewAccount(names.freeName(shown), shown, line(user.getEmail()), "", first);
        return desk.insertLinked(person, issuer, subject);
    }

    private static String line(@Nullable String text) {
        if (text == null) {
            return "";
        }
        String tidy = text.replaceAll("\\p{Cntrl}", " ").strip();
        return tidy.substring(0, Math.min(tidy.length(), TEXT_MAX_CHARACTERS));
    }

    /** A person whom the provider has vouched for, under the name of the account. */
    static final class Person extends DefaultOidcUser implements HasAccount, Callers.OfPatient {

        @java.io.Serial
        private static final long serialVersionUID = 1L;

        private final long account;
        private final String accountName;
        private final @Nullable String patient;

        Person(Account account, @Nullable String patient, OidcUser user) {
            super(authorities(account), user.getIdToken(), user.getUserInfo());
            this.account = account.id();
            this.accountName = account.name();
            this.patient = patient;
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
        public @Nullable String patient() {
            return patient;
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
