package allmende.app.identity;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A person who may log in.
 *
 * @param id number within this portal; 0 at a site, whose users have none
 * @param name what the person logs in with
 * @param displayName what others see
 * @param email address that the person gave; not checked, so never a proof of anything
 * @param roles what the person may do
 * @param team the team, null for none
 * @param affiliation where the person says to work; empty for none
 * @param affiliationConfirmed whether the coordination office has confirmed that
 * @param locked whether an administrator has shut the account
 */
public record Account(
        long id,
        String name,
        String displayName,
        String email,
        Set<Role> roles,
        @Nullable Long team,
        String affiliation,
        boolean affiliationConfirmed,
        boolean locked) {

    /** Copies the roles. */
    public Account {
        roles = Set.copyOf(roles);
    }

    /** Whether the account has the role. */
    public boolean is(Role role) {
        return roles.contains(role);
    }
}
