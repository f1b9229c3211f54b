package allmende.engine.search;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The compartments of FHIR R4: which parameters of a type lead to the resource in whose compartment it is. */
public final class Compartments {

    private static final Map<String, Map<String, List<String>>> ALL = read();

    private Compartments() {}

    private static Map<String, Map<String, List<String>>> read() {
        Map<String, Map<String, List<String>>> all = new HashMap<>();
        for (String line : ParamDefinitions.lines("/allmende/search/compartments.tsv")) {
            String[] cells = line.split("\t", -1);
            all.computeIfAbsent(cells[0], unseen -> new HashMap<>()).put(cells[1], Arrays.asList(cells[2].split(" ")));
        }
        return all;
    }

    /** Types that have a compartment. */
    public static Set<String> types() {
        return ALL.keySet();
    }

    /** Types of resources that can be in the compartment of a type. */
    public static Set<String> members(String compartment) {
        return ALL.getOrDefault(compartment, Map.of()).keySet();
    }

    static List<String> parameters(String compartment, String type) {
        return ALL.getOrDefault(compartment, Map.of()).getOrDefault(type, List.of());
    }
}
