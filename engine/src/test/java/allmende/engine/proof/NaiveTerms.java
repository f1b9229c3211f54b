package allmende.engine.proof;

import allmende.core.fhir.Coding;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whether a concept is another or stands somewhere below it: walks from parent to parent. */
final class NaiveTerms {

    private static final Map<String, String> OLD_NAMES = Map.of(
            "http://fhir.de/CodeSystem/dimdi/icd-10-gm", "http://fhir.de/CodeSystem/bfarm/icd-10-gm",
            "http://fhir.de/CodeSystem/dimdi/ops", "http://fhir.de/CodeSystem/bfarm/ops",
            "http://fhir.de/CodeSystem/dimdi/atc", "http://fhir.de/CodeSystem/bfarm/atc");

    private static final Set<String> ATC = Set.of("http://fhir.de/CodeSystem/bfarm/atc", "http://www.whocc.no/atc");

    private final Map<Coding, List<Coding>> parents;

    /** With the parents of each concept that has some. */
    NaiveTerms(Map<Coding, List<Coding>> parents) {
        this.parents = parents;
    }

    static Coding named(Coding coding) {
        return new Coding(OLD_NAMES.getOrDefault(coding.system(), coding.system()), coding.code());
    }

    static boolean same(Coding one, Coding other) {
        return named(one).equals(named(other));
    }

    boolean isOrBelow(Coding coding, Coding ancestor) {
        return isOrBelow(named(coding), named(ancestor), new HashSet<>());
    }

    private boolean isOrBelow(Coding coding, Coding ancestor, Set<Coding> seen) {
        if (coding.equals(ancestor)) {
            return true;
        }
        if (ATC.contains(coding.system())) {
            return coding.system().equals(ancestor.system()) && atcBelow(coding.code(), ancestor.code());
        }
        return seen.add(coding)
                && parents.getOrDefault(coding, List.of()).stream().anyMatch(up -> isOrBelow(up, ancestor, seen));
    }

    /** An ATC code names its groups: A, A10, A10B, A10BA, A10BA02. */
    private static boolean atcBelow(String code, String ancestor) {
        return code.matches("[A-Z](\\d\\d([A-Z]([A-Z](\\d\\d)?)?)?)?")
                && ancestor.matches("[A-Z](\\d\\d([A-Z]([A-Z])?)?)?")
                && code.startsWith(ancestor);
    }
}
