package allmende.engine.proof;

import allmende.core.fhir.Coding;
import allmende.core.terminology.Hierarchy;
import allmende.core.terminology.Hierarchy.Concept;
import allmende.core.terminology.Terminology;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A few code systems, small enough that draws meet: two trees, a graph, ATC, and codes without any order. */
final class SampleCodes {

    static final String ICD = "http://fhir.de/CodeSystem/bfarm/icd-10-gm";
    static final String OPS = "http://fhir.de/CodeSystem/bfarm/ops";
    static final String ATC = "http://fhir.de/CodeSystem/bfarm/atc";
    static final String ATC_WHO = "http://www.whocc.no/atc";
    static final String SNOMED = "http://snomed.info/sct";
    static final String LOINC = "http://loinc.org";

    /** Code, then its parents. */
    private static final List<String> ICD_TREE = List.of(
            "IV",
            "E10-E14 IV",
            "E11 E10-E14",
            "E11.2 E11",
            "E11.20 E11.2",
            "E11.21 E11.2",
            "E11.9 E11",
            "E10 E10-E14",
            "E10.9 E10",
            "IX",
            "I30-I52 IX",
            "I50 I30-I52",
            "I50.1 I50",
            "I50.11 I50.1",
            "I50.14 I50.1",
            "II",
            "C50-C50 II",
            "C50 C50-C50",
            "C50.4 C50");

    private static final List<String> OPS_TREE = List.of(
            "5",
            "5-35...5-37 5",
            "5-35 5-35...5-37",
            "5-351 5-35",
            "5-351.0 5-351",
            "5-351.01 5-351.0",
            "8",
            "8-70...8-72 8",
            "8-71 8-70...8-72",
            "8-713 8-71",
            "8-713.0 8-713");

    /** A graph: serum plasma stands below both blood and fluid. */
    private static final List<String> SNOMED_GRAPH = List.of(
            "123038009",
            "119297000 123038009",
            "309051001 123038009",
            "119364003 119297000 309051001",
            "119361006 309051001 119297000",
            "258580003 119361006 119364003",
            "122555007 119297000");

    private static final List<String> ATC_CODES = List.of(
            "A", "A10", "A10B", "A10BA", "A10BA02", "A10BA01", "A10BB", "C09", "C09A", "C09AA", "C09AA02", "C09AA05");

    private static final List<String> LOOSE = List.of("2160-0", "718-7", "67162-8", "8480-6");

    static final Terminology TERMINOLOGY =
            Terminology.of(List.of(system(ICD, ICD_TREE), system(OPS, OPS_TREE), system(SNOMED, SNOMED_GRAPH)));

    private static final Map<Coding, List<Coding>> PARENTS = parents();

    static final NaiveTerms NAIVE = new NaiveTerms(PARENTS);

    private static final Map<String, List<String>> CODES = Map.of(
            ICD,
            codes(ICD_TREE),
            OPS,
            codes(OPS_TREE),
            SNOMED,
            codes(SNOMED_GRAPH),
            ATC,
            ATC_CODES,
            ATC_WHO,
            ATC_CODES,
            LOINC,
            LOOSE);

    private SampleCodes() {}

    /** A code of one of the systems; now and then one that the system does not know, or an old name of the system. */
    static Coding draw(Chance chance, List<String> systems) {
        String system = systems.isEmpty() ? chance.of(CODES.keySet()) : chance.of(systems);
        String code = chance.percent(5)
                ? chance.of("E11.77", "X-1", "A10BA0")
                : chance.of(CODES.getOrDefault(canonical(system), List.of("a", "b", "c")));
        boolean old = chance.percent(30);
        return new Coding(old ? system.replace("/CodeSystem/bfarm/", "/CodeSystem/dimdi/") : system, code);
    }

    /** The concepts directly above. */
    static List<Coding> above(Coding coding) {
        return PARENTS.getOrDefault(NaiveTerms.named(coding), List.of());
    }

    private static String canonical(String system) {
        return NaiveTerms.named(new Coding(system, "")).system();
    }

    private static List<String> codes(List<String> lines) {
        return lines.stream().map(line -> line.split(" ")[0]).toList();
    }

    private static Terminology.CodeSystem system(String uri, List<String> lines) {
        List<Concept> concepts = lines.stream()
                .map(line -> List.of(line.split(" ")))
                .map(words -> new Concept(words.getFirst(), "", words.subList(1, words.size())))
                .toList();
        return switch (Hierarchy.of(concepts)) {
            case Hierarchy.Built.Whole(Hierarchy hierarchy) -> new Terminology.CodeSystem(uri, "sample", hierarchy);
            case Hierarchy.Built.Cycle(String code) -> throw new IllegalStateException("Cycle at " + code);
        };
    }

    private static Map<Coding, List<Coding>> parents() {
        Map<String, List<String>> listed = new LinkedHashMap<>();
        listed.put(ICD, ICD_TREE);
        listed.put(OPS, OPS_TREE);
        listed.put(SNOMED, SNOMED_GRAPH);
        Map<Coding, List<Coding>> parents = new HashMap<>();
        listed.forEach((system, lines) -> lines.forEach(line -> {
            List<Coding> all = new ArrayList<>(Stream.of(line.split(" "))
                    .map(code -> new Coding(system, code))
                    .toList());
            parents.put(all.removeFirst(), all);
        }));
        return parents;
    }
}
