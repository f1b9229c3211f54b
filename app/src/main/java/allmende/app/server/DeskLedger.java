package allmende.app.server;

import allmende.app.administration.SiteLedger;
import allmende.app.release.ReleaseDesk;
import allmende.core.disclosure.DisclosureRules;
import allmende.core.disclosure.LedgerEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The ledger of the release desk and the policy file, for the site's staff. */
record DeskLedger(ReleaseDesk desk, Path policyFile) implements SiteLedger {

    private static final int ENTRIES_MAX = 200;

    @Override
    public DisclosureRules rules() {
        return desk.rules();
    }

    @Override
    public List<LedgerEntry> entries() {
        return desk.ledger(ENTRIES_MAX);
    }

    @Override
    public String policy() {
        try {
            return Files.exists(policyFile) ? Files.readString(policyFile) : "";
        } catch (IOException e) {
            throw new UncheckedIOException("The file " + policyFile + " can't be read", e);
        }
    }
}
