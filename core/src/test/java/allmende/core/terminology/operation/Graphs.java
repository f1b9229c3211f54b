package allmende.core.terminology.operation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/** Small code systems with several parents per code, and the plain walks that tables are held against. */
final class Graphs {

    static final String URL = "http://example.org/graph";

    final Map<String, Set<String>> parents = new HashMap<>();
    final Map<String, String> kinds = new HashMap<>();
    final List<String> codes = new ArrayList<>();
    final ConceptTable table;

    /** A code may have parents among the codes of a smaller number; codes are added in an order of chance. */
    Graphs(long seed, int size) {
        Random random = new Random(seed);
        for (int i = 0; i < size; i++) {
            String code = "c" + i;
            codes.add(code);
            Set<String> above = new TreeSet<>();
            for (int p = random.nextInt(3); p > 0 && i > 0; p--) {
                above.add("c" + random.nextInt(i));
            }
            parents.put(code, above);
            kinds.put(code, random.nextBoolean() ? "odd" : "even");
        }
        List<String> order = new ArrayList<>(codes);
        Collections.shuffle(order, random);
        ConceptTableBuilder builder = new ConceptTableBuilder();
        for (String code : order) {
            int concept = builder.concept(code);
            builder.display(concept, "Text of " + code);
            builder.designation(concept, new Designation("de", "", "", true, "Wort für " + code));
            builder.property(concept, Property.of("kind", Property.Type.CODE, kinds.get(code)));
            parents.get(code).forEach(parent -> builder.parent(concept, parent));
        }
        table = builder.build(SystemFacts.of(URL, "1", "Graph", "en"));
    }

    Set<String> above(String code) {
        Set<String> reached = new TreeSet<>(Set.of(code));
        parents.get(code).forEach(parent -> reached.addAll(above(parent)));
        return reached;
    }

    Set<String> below(String code) {
        Set<String> reached = new TreeSet<>();
        codes.stream().filter(each -> above(each).contains(code)).forEach(reached::add);
        return reached;
    }
}
