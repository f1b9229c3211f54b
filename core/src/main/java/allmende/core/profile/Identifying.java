package allmende.core.profile;

/** How far a field can identify a person; in rising order of danger. */
public enum Identifying {
    /** Says nothing about who it is, even together with other fields. */
    NONE,
    /** Does not name a person but narrows the circle, above all together with other such fields: dates, region, sex. */
    QUASI,
    /** Text written by people, in which anything may stand: names, places, relatives. */
    FREE_TEXT,
    /** Names one person: identifiers, names, addresses. */
    DIRECT;

    /** Whether a person should think twice before asking for the field. */
    public boolean delicate() {
        return this == DIRECT || this == FREE_TEXT;
    }
}
