package allmende.app.federation;

/** What became of a person's decision about parties or tasks. */
public enum Decided {
    /** It is done and takes effect. */
    DONE,
    /** There is no such request, party or task (any more). */
    UNKNOWN,
    /** A party of that name takes part with another key; it must be revoked first. */
    NAME_TAKEN,
    /** This key has been revoked; the site must make a new one. */
    KEY_REVOKED
}
