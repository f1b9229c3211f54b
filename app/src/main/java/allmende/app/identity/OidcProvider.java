package allmende.app.identity;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * An OpenID Connect provider by which people may log in.
 *
 * @param issuer its issuer, as it stands in its tokens; the discovery document lies below it
 * @param clientId name under which the portal is registered there
 * @param clientSecret secret of that registration; empty for a public client, which PKCE alone protects
 * @param label what the button says, such as the name of the federation
 * @param portal address by which browsers reach the portal; null to take the one that they asked for
 * @param roles which roles the provider gives
 */
public record OidcProvider(
        URI issuer,
        String clientId,
        String clientSecret,
        String label,
        @Nullable URI portal,
        ProviderRoles roles) {

    /** The beginning of the portal's addresses, as a template of Spring Security. */
    String base() {
        return portal == null ? "{baseUrl}" : withoutSlash(portal.toString());
    }

    /** Address of the discovery document. */
    URI discovery() {
        return URI.create(withoutSlash(issuer.toString()) + "/.well-known/openid-configuration");
    }

    private static String withoutSlash(String address) {
        return address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
    }

    @Override
    public String toString() {
        return "OidcProvider[" + issuer + ", " + clientId + "]";
    }
}
