package allmende.core.terminology.operation;

/** How one concept stands to another of the same code system; codes as FHIR's value set concept-subsumption-outcome has them. */
public enum Subsumption {
    EQUIVALENT("equivalent"),
    SUBSUMES("subsumes"),
    SUBSUMED_BY("subsumed-by"),
    NOT_SUBSUMED("not-subsumed");

    private final String code;

    Subsumption(String code) {
        this.code = code;
    }

    /** The code in FHIR. */
    public String code() {
        return code;
    }

    /** How concept {@code a} stands to concept {@code b}. */
    public static Subsumption between(ConceptTable table, int a, int b) {
        if (a == b) {
            return EQUIVALENT;
        }
        if (table.ancestors(b).get(a)) {
            return SUBSUMES;
        }
        return table.ancestors(a).get(b) ? SUBSUMED_BY : NOT_SUBSUMED;
    }
}
