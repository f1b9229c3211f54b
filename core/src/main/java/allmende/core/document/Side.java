package allmende.core.document;

/** The two sides of a cohort definition. */
public enum Side {
    /** An AND of ORs. */
    INCLUSION("inclusionCriteria"),
    /** An OR of ANDs that is taken away. */
    EXCLUSION("exclusionCriteria");

    private final String property;

    Side(String property) {
        this.property = property;
    }

    /** The property of a document that holds this side. */
    public String property() {
        return property;
    }
}
