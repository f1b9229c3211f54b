package allmende.core.deident;

import java.util.List;
import java.util.SortedMap;

/**
 * What became of the elements. Holds names of elements as FHIR defines them and counts, no data.
 *
 * @param received resources that came, contained ones and those inside of Bundles included
 * @param left resources that left
 * @param withoutRules resources that stayed because no rule speaks of their type, by type; {@code (unknown)} for types that
 *     FHIR does not know
 * @param rules how often each rule decided about an element, in the order of the file
 * @param unnamed elements that stayed because no rule names them, by element such as {@code Condition.note}
 * @param unknown properties that stayed because FHIR has no such element
 * @param malformed elements that stayed because their value is none of their type, or not what their rule understands
 */
public record DeidentReport(
        long received,
        long left,
        SortedMap<String, Long> withoutRules,
        List<RuleCount> rules,
        SortedMap<String, Long> unnamed,
        long unknown,
        long malformed) {

    /**
     * How often a rule decided.
     *
     * @param pointer JSON pointer to the rule's path in the file
     * @param path the path
     * @param method the method's name in the file
     * @param count elements
     */
    public record RuleCount(String pointer, String path, String method, long count) {}
}
