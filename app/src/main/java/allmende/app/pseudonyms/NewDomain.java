package allmende.app.pseudonyms;

import allmende.core.deident.pseudonym.PseudonymForm;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A domain that somebody wants.
 *
 * @param name by which it shall be called
 * @param parent name of its parent; null for none
 * @param form what its pseudonyms look like
 * @param policy how it behaves
 */
public record NewDomain(String name, @Nullable String parent, PseudonymForm form, PseudonymDomain.Policy policy) {

    /** Names go into addresses, files and logs, so they hold no blanks and nothing that means anything there. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/-]{0,199}");

    /** A domain as projects get them. */
    public static NewDomain usual(String name) {
        return new NewDomain(name, null, PseudonymForm.USUAL, PseudonymDomain.Policy.USUAL);
    }

    /** Whether a domain can be called so. */
    static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }
}
