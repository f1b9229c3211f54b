package allmende.app.identity;

import java.io.Serial;
import java.io.Serializable;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/**
 * Who has proved to be the holder of an account.
 *
 * @param account number of the account; 0 for a local user of a site
 * @param name name of the account
 * @param patient id of the Patient resource that the person is; null for nobody's
 */
record SignedIn(long account, String name, @Nullable String patient)
        implements HasAccount, Callers.OfPatient, Principal, Serializable {

    @Serial
    private static final long serialVersionUID = 1L;

    /** Somebody who is no patient here. */
    SignedIn(long account, String name) {
        this(account, name, null);
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public String toString() {
        return name;
    }
}
