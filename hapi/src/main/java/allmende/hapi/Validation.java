package allmende.hapi;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the validation of one resource told.
 *
 * @param findings all, in the order of the validator
 * @param notChecked per code system how many codes could not be checked, as it or the value set is not installed
 * @param unknownProfiles claimed profiles that are not installed: nothing is said about these
 */
public record Validation(List<Finding> findings, Map<String, Integer> notChecked, Set<String> unknownProfiles) {

    public Validation {
        findings = List.copyOf(findings);
        notChecked = Map.copyOf(notChecked);
        unknownProfiles = Set.copyOf(unknownProfiles);
    }

    /** Number of errors; 0 means that the resource conforms, as far as it could be checked. */
    public long errors() {
        return findings.stream()
                .filter(finding -> finding.severity() == Finding.Severity.ERROR)
                .count();
    }
}
