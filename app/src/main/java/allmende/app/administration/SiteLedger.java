package allmende.app.administration;

import allmende.core.disclosure.DisclosureRules;
import allmende.core.disclosure.LedgerEntry;
import java.util.List;

/** What a site's staff may see of what has left the site, and by which rules. */
public interface SiteLedger {

    /** The rules of disclosure in force. */
    DisclosureRules rules();

    /** The answers that were given, newest first. */
    List<LedgerEntry> entries();

    /** The policy file of the site, as it is in force: who may ask what, automatically or after a click. */
    String policy();
}
