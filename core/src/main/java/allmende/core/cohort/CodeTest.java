package allmende.core.cohort;

import allmende.core.cohort.ContextDefinition.CodeCondition;
import allmende.core.fhir.Coding;
import allmende.core.terminology.Terminology;
import java.util.HashSet;
import java.util.Set;

/** A {@link CodeCondition}, compiled. */
final class CodeTest {

    private final int[] paths;
    private final Set<Coding> codings = new HashSet<>();
    private final Set<String> systems = new HashSet<>();
    private final Set<String> plain = new HashSet<>();

    CodeTest(CodeCondition condition, ResourceView.Paths numbers) {
        paths = condition.paths().stream().mapToInt(numbers::number).toArray();
        for (String token : condition.codes()) {
            int bar = token.indexOf('|');
            if (bar < 0) {
                plain.add(token);
            } else if (bar == token.length() - 1) {
                systems.add(Terminology.canonical(token.substring(0, bar)));
            } else {
                codings.add(Terminology.canonical(new Coding(token.substring(0, bar), token.substring(bar + 1))));
            }
        }
    }

    boolean holds(ResourceView view) {
        for (int path : paths) {
            for (Coding coding : view.codings(path)) {
                if (coding.system().isEmpty() ? plain.contains(unversioned(coding.code())) : isNamed(coding)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean isNamed(Coding coding) {
        return codings.contains(coding) || (!systems.isEmpty() && systems.contains(coding.system()));
    }

    /** A canonical without its version: {@code http://…/StructureDefinition/x|2026.0.0}. */
    private static String unversioned(String text) {
        int bar = text.indexOf('|');
        return bar < 0 ? text : text.substring(0, bar);
    }
}
