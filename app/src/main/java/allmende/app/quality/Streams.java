package allmende.app.quality;

/** The two ways in which resources are looked at: quickly by rules, slowly by the validator. */
final class Streams {

    static final String RULES = "rules";
    static final String VALIDATION = "validation";

    private Streams() {}
}
