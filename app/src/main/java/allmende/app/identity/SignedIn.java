package allmende.app.identity;

import java.io.Serial;
import java.io.Serializable;
import java.security.Principal;

/**
 * Who has proved to be the holder of an account.
 *
 * @param account number of the account; 0 for a local user of a site
 * @param name name of the account
 */
record SignedIn(long account, String name) implements HasAccount, Principal, Serializable {

    @Serial
    private static final long serialVersionUID = 1L;

    @Override
    public String getName() {
        return name;
    }

    @Override
    public String toString() {
        return name;
    }
}
