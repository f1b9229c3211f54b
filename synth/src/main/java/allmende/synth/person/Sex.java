package allmende.synth.person;

/** Administrative gender; the body is modelled as female or male, see {@link Person#female()}. */
public enum Sex {
    FEMALE("female"),
    MALE("male"),
    /** Registered as "divers"; written as {@code other} with the German extension. */
    DIVERSE("other");

    private final String code;

    Sex(String code) {
        this.code = code;
    }

    /** FHIR administrative gender. */
    public String code() {
        return code;
    }
}
