package allmende.core.explain;

import allmende.core.fhir.Coding;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Gives code systems short names, in the order in which they are met. */
final class CqlSystems {

    private final Map<String, String> names = new LinkedHashMap<>();
    private final Set<String> taken = new HashSet<>();

    /** {@code Code 'E11' from "icd-10-gm"}. */
    String code(Coding coding) {
        return "Code " + CqlPaths.text(coding.code()) + " from " + CqlPaths.name(name(coding.system()));
    }

    private String name(String uri) {
        return names.computeIfAbsent(uri, this::shortName);
    }

    private String shortName(String uri) {
        String last = uri.substring(Math.max(uri.lastIndexOf('/'), uri.lastIndexOf(':')) + 1);
        String name = last.isEmpty() ? "codes" : last;
        String free = name;
        for (int number = 2; !taken.add(free); number++) {
            free = name + " " + number;
        }
        return free;
    }

    /** The declarations of all that were met. */
    List<String> declarations() {
        return names.entrySet().stream()
                .map(entry -> "codesystem " + CqlPaths.name(entry.getValue()) + ": " + CqlPaths.text(entry.getKey()))
                .toList();
    }
}
