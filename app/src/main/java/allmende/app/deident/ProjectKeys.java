package allmende.app.deident;

import allmende.app.keys.KeyVault;
import allmende.core.deident.KeyedPseudonyms;
import allmende.core.deident.ProjectKey;
import allmende.core.deident.PseudonymSource;
import allmende.core.deident.RuleSet;
import java.security.SecureRandom;

/**
 * Keys of projects, each derived from one key of the site by the project's name. A key is not stored: whoever has the vault
 * can make it again, and with it the same hashes, so that a second delivery fits the first.
 */
public final class ProjectKeys {

    /** The key of the vault that all keys of projects follow from. */
    public static final String MASTER = "deident-projects";

    private static final String PSEUDONYMS = "project-pseudonyms";

    private final KeyVault vault;
    private final SecureRandom random = new SecureRandom();

    /** Keys from a vault. */
    public ProjectKeys(KeyVault vault) {
        this.vault = vault;
    }

    /** The version of the site's key that new projects follow from; kept with the project. */
    public int version() {
        return vault.version(MASTER);
    }

    /**
     * The key of a project for a rule set; a fresh one that nobody keeps where the rules ask for that.
     *
     * @param project the project's id, never reused
     * @param version of the site's key, as {@link #version} gave it when the project began
     */
    public ProjectKey of(String project, int version, RuleSet rules) {
        return rules.wantsThrowAwayKey()
                ? ProjectKey.throwAway(random)
                : ProjectKey.of(vault.derive(MASTER, version, "project/" + project, ProjectKey.LENGTH));
    }

    /**
     * Pseudonyms of a project for a site without a pseudonym service. They always follow from the first version of the vault's
     * key: a second delivery is to fit the first.
     */
    public PseudonymSource pseudonyms(String project) {
        return new KeyedPseudonyms(vault.derive(PSEUDONYMS, 1, "project/" + project, KeyVault.LENGTH));
    }

    /**
     * The key for those who call the operation over FHIR. It is not that of the project's deliveries, so that a caller can't
     * find out by trying which hash of a delivery stands for whom.
     */
    ProjectKey ofCaller(String project, RuleSet rules) {
        return rules.wantsThrowAwayKey()
                ? ProjectKey.throwAway(random)
                : ProjectKey.of(vault.derive(MASTER, 1, "operation/" + project, ProjectKey.LENGTH));
    }
}
