package allmende.engine.terminology;

import allmende.core.fhir.Coding;
import allmende.core.terminology.Terminology;
import allmende.core.terminology.operation.CodeCheck;
import allmende.core.terminology.operation.CodeSet;
import allmende.core.terminology.operation.ConceptTable;
import allmende.core.terminology.operation.Gap;
import allmende.core.terminology.operation.TerminologySource;
import allmende.core.terminology.operation.ValueSetEvaluator;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@link CodeSets} over what is installed; value sets that were evaluated are kept until something is installed or removed. */
public final class InstalledCodeSets implements CodeSets {

    private static final int KEPT_MAX = 500;

    private final InstalledTerminology source;
    private final Map<String, Optional<CodeSet>> kept = new LinkedHashMap<>(16, 0.75f, true);
    private String state = "";

    /** Over this terminology, which is closed by whoever opened it. */
    public InstalledCodeSets(InstalledTerminology source) {
        this.source = source;
    }

    /** The evaluated value set; empty where it is not here. The set must not be changed. */
    public Optional<CodeSet> codes(String canonical) {
        synchronized (kept) {
            String now = source.state();
            if (!now.equals(state)) {
                kept.clear();
                state = now;
            }
            Optional<CodeSet> known = kept.get(canonical);
            if (known == null) {
                known = new ValueSetEvaluator(source, Map.of()).evaluate(canonical);
                if (kept.size() >= KEPT_MAX) {
                    kept.remove(kept.keySet().iterator().next());
                }
                kept.put(canonical, known);
            }
            return known;
        }
    }

    @Override
    public Expansion valueSet(String canonical) {
        Optional<CodeSet> codes = codes(canonical);
        if (codes.isEmpty()) {
            return new Expansion.Unknown("The value set " + canonical + " is not installed.");
        }
        Optional<Set<String>> whole = codes.get().wholeSystems();
        if (whole.isEmpty()) {
            return new Expansion.Unknown(
                    "The value set " + canonical + " takes codes away from a code system that is not installed.");
        }
        Optional<Gap> gap = codes.get().unlisted().stream()
                .filter(each -> !whole.get().contains(each.system()) || each.kind() != Gap.Kind.SYSTEM)
                .findFirst();
        if (gap.isPresent()) {
            return new Expansion.Unknown(gap.get().reason());
        }
        if (codes.get().size() > CODES_MAX) {
            return new Expansion.Unknown("The value set " + canonical + " has more than " + CODES_MAX + " codes.");
        }
        Map<String, Set<String>> bySystem = new HashMap<>();
        codes.get()
                .forEach((system, code) -> bySystem.computeIfAbsent(Terminology.canonical(system), _ -> new HashSet<>())
                        .add(code));
        return new Expansion.Codes(bySystem, whole.get());
    }

    @Override
    public Expansion below(Coding concept) {
        return around(concept, true);
    }

    @Override
    public Expansion above(Coding concept) {
        return around(concept, false);
    }

    private Expansion around(Coding coding, boolean below) {
        return switch (source.system(coding.system(), null)) {
            case TerminologySource.Found.Here(ConceptTable table) -> around(coding, table, below);
            case TerminologySource.Found.OtherVersion other -> notHere(coding);
            case TerminologySource.Found.Absent absent -> notHere(coding);
        };
    }

    private static Expansion around(Coding coding, ConceptTable table, boolean below) {
        int concept = table.find(coding.code());
        if (concept < 0) {
            return new Expansion.Unknown("The code " + coding.code() + " is not in "
                    + table.facts().canonical() + ", so nothing is known to be above or below it.");
        }
        BitSet reached = below ? table.descendants(concept) : table.ancestors(concept);
        Set<String> codes = new HashSet<>();
        reached.stream().forEach(each -> codes.add(table.code(each)));
        return new Expansion.Codes(Map.of(table.facts().url(), codes), Set.of());
    }

    private static Expansion notHere(Coding coding) {
        return new Expansion.Unknown("The code system " + coding.system() + " is not installed.");
    }

    @Override
    public Verdict inValueSet(Code code, String canonical) {
        Optional<CodeSet> codes = codes(canonical);
        if (codes.isEmpty()) {
            return new Verdict.NotKnown("The value set " + canonical + " is not installed.");
        }
        return verdict(new CodeCheck(source, null).inSet(asked(code), codes.get(), canonical));
    }

    @Override
    public Verdict inSystem(Code code) {
        return verdict(new CodeCheck(source, null).inSystem(asked(code)));
    }

    private static CodeCheck.Asked asked(Code code) {
        return new CodeCheck.Asked(code.system(), code.version(), code.code(), code.display());
    }

    private static Verdict verdict(CodeCheck.Found found) {
        return switch (found) {
            case CodeCheck.Found.Right right -> new Verdict.In(right.remark());
            case CodeCheck.Found.Wrong(String reason) -> new Verdict.NotIn(reason);
            case CodeCheck.Found.NotHere(Gap gap) -> new Verdict.NotKnown(gap.reason());
        };
    }

    /** Systems of which concepts are known, for those who tell what can be asked. */
    public List<InstalledTerminology.Installed> systems() {
        return source.list();
    }
}
