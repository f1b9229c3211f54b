package allmende.app.server;

import allmende.app.identity.OidcProvider;
import allmende.app.identity.ProviderRoles;
import allmende.app.site.RulesFile;
import allmende.app.site.Settings;
import allmende.app.site.SiteLocation;
import allmende.app.site.SiteUnavailable;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** The OpenID Connect provider that the settings of a portal or a site name. */
final class LoginProvider {

    private LoginProvider() {}

    /**
     * The provider; null where the settings name none.
     *
     * @throws SiteUnavailable if they name one that can't be used
     */
    static @Nullable OidcProvider of(SiteLocation location, Settings settings) {
        String issuer = settings.get(Settings.Key.OIDC_ISSUER);
        if (issuer == null) {
            return null;
        }
        String client = settings.get(Settings.Key.OIDC_CLIENT_ID);
        if (client == null) {
            throw new SiteUnavailable(
                    "The settings name an OpenID Connect issuer but no client id.",
                    "Add the key " + Settings.Key.OIDC_CLIENT_ID.written() + " to " + Settings.FILE + ".");
        }
        ProviderRoles roles = RulesFile.load(
                location.data().resolve("oidc-roles.json"),
                "The roles by the provider",
                ProviderRoles.NONE.write(),
                ProviderRoles::read);
        URI address = URI.create(issuer);
        String url = settings.get(Settings.Key.URL);
        return new OidcProvider(
                address,
                client,
                settings.get(Settings.Key.OIDC_CLIENT_SECRET, ""),
                address.getHost(),
                url == null ? null : URI.create(url),
                roles);
    }
}
