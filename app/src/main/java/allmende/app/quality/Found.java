package allmende.app.quality;

/**
 * Something found in a resource. Holds no values of it.
 *
 * @param area one of {@link Area}, in small letters
 * @param rule id of the rule, or the validator's code
 * @param severity {@code error}, {@code warning} or {@code information}
 * @param path where, without the numbers of list entries
 * @param profile whose rule it is; may be empty
 * @param message a sentence; empty where the rule's title tells all
 * @param location where exactly
 */
record Found(String area, String rule, String severity, String path, String profile, String message, String location) {

    static Found of(Rule rule) {
        return new Found(rule.area().written(), rule.id(), "warning", "", "", "", "");
    }
}
