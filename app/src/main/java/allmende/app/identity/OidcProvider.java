package allmende.app.identity;

import java.net.URI;

/**
 * An OpenID Connect provider by which people may log in.
 *
 * @param issuer its issuer, without a slash at the end unless the provider has one; the discovery document lies below it
 * @param clientId name under which the portal is registered there
 * @param clientSecret secret of that registration; empty for a public client, which PKCE alone protects
 * @param label what the button says, such as the name of the federation
 */
public record OidcProvider(URI issuer, String clientId, String clientSecret, String label) {

    @Override
    public String toString() {
        return "OidcProvider[" + issuer + ", " + clientId + "]";
    }
}
