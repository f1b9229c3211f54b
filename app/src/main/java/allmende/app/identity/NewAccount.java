package allmende.app.identity;

import java.util.Set;

/**
 * What is known of a person at the beginning.
 *
 * @param name what the person logs in with: 2 to 48 small letters, digits, dots, hyphens, underscores
 * @param displayName what others see
 * @param email address, or empty
 * @param affiliation where the person works, or empty
 * @param roles what the person may do
 */
public record NewAccount(String name, String displayName, String email, String affiliation, Set<Role> roles) {

    /** Copies the roles. */
    public NewAccount {
        roles = Set.copyOf(roles);
    }
}
