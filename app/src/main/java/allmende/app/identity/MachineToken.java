package allmende.app.identity;

import java.security.Principal;
import java.util.Set;

/**
 * The principal of a machine that has shown an access token of this site.
 *
 * @param client id of the registered client
 * @param scopes what the token is good for
 * @param address where the call came from
 */
record MachineToken(String client, Set<Scope> scopes, String address) implements Principal {

    MachineToken {
        scopes = Set.copyOf(scopes);
    }

    @Override
    public String getName() {
        return client;
    }
}
