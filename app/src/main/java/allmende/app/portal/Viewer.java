package allmende.app.portal;

import org.jspecify.annotations.Nullable;

/**
 * Who looks at questions.
 *
 * @param account number of the account
 * @param team number of its team; null where it is in none
 */
public record Viewer(long account, @Nullable Long team) {}
