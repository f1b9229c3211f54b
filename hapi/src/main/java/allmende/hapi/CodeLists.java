package allmende.hapi;

import allmende.hapi.Terms.Verdict;
import ca.uhn.fhir.context.support.ConceptValidationOptions;
import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.context.support.ValidationSupportContext;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.ValueSet;
import org.jspecify.annotations.Nullable;

/**
 * Tells from definitions alone whether a code belongs to a code system or a value set, in three values: lists and complete
 * code systems decide; where one is missing or a filter is not understood, nothing is claimed.
 */
final class CodeLists {

    private static final int DEPTH_MAX = 20;

    /** Code systems that follow from rules or from lists of other standards, which HAPI brings along. */
    private static final Set<String> COMPUTED = Set.of(
            "http://unitsofmeasure.org",
            "urn:ietf:bcp:47",
            "urn:ietf:bcp:13",
            "urn:iso:std:iso:3166",
            "urn:iso:std:iso:4217");

    private final IValidationSupport definitions;
    private final Terms terms;
    private final CommonCodeSystemsTerminologyService common = new CommonCodeSystemsTerminologyService(Room.context());
    private final Map<String, Optional<Codes>> systems = new ConcurrentHashMap<>();

    CodeLists(IValidationSupport definitions, Terms terms) {
        this.definitions = definitions;
        this.terms = terms;
    }

    /** A complete code system: each code with all codes above it. */
    private record Codes(Map<String, Set<String>> above) {}

    /** Whether the system has the code. */
    Verdict inSystem(String system, String code) {
        Verdict known = terms.inSystem(system, null, code);
        if (known != Verdict.NOT_KNOWN) {
            return known;
        }
        Optional<Codes> listed = codes(system);
        if (listed.isPresent()) {
            return listed.get().above().containsKey(code) ? Verdict.IN : Verdict.NOT_IN;
        }
        if (!COMPUTED.contains(system)) {
            return Verdict.NOT_KNOWN;
        }
        var told = common.validateCode(
                new ValidationSupportContext(definitions), new ConceptValidationOptions(), system, code, null, null);
        return told == null ? Verdict.NOT_KNOWN : told.isOk() ? Verdict.IN : Verdict.NOT_IN;
    }

    /** Whether the value set holds the code; without a system, whether it holds the code of any system. */
    Verdict inSet(ValueSet set, String system, String code) {
        if (!system.isEmpty() && set.hasUrl()) {
            String canonical = set.hasVersion() ? set.getUrl() + "|" + set.getVersion() : set.getUrl();
            Verdict known = terms.inValueSet(system, null, code, canonical);
            if (known != Verdict.NOT_KNOWN) {
                return known;
            }
        }
        return inSet(set, system, code, 0);
    }

    private Verdict inSet(ValueSet set, String system, String code, int depth) {
        if (depth > DEPTH_MAX) {
            return Verdict.NOT_KNOWN;
        }
        if (!set.hasCompose()) {
            return set.hasExpansion() ? inExpansion(set.getExpansion().getContains(), system, code) : Verdict.NOT_KNOWN;
        }
        Verdict included = any(set.getCompose().getInclude(), system, code, depth);
        if (included == Verdict.NOT_IN || !set.getCompose().hasExclude()) {
            return included;
        }
        return switch (any(set.getCompose().getExclude(), system, code, depth)) {
            case IN -> Verdict.NOT_IN;
            case NOT_IN -> included;
            case NOT_KNOWN -> Verdict.NOT_KNOWN;
        };
    }

    private static Verdict inExpansion(
            List<ValueSet.ValueSetExpansionContainsComponent> contains, String system, String code) {
        for (ValueSet.ValueSetExpansionContainsComponent one : contains) {
            boolean same = one.getCode() != null
                    && one.getCode().equals(code)
                    && (system.isEmpty() || system.equals(one.getSystem()));
            if (same || inExpansion(one.getContains(), system, code) == Verdict.IN) {
                return Verdict.IN;
            }
        }
        return Verdict.NOT_IN;
    }

    private Verdict any(List<ValueSet.ConceptSetComponent> parts, String system, String code, int depth) {
        Verdict verdict = Verdict.NOT_IN;
        for (ValueSet.ConceptSetComponent part : parts) {
            switch (in(part, system, code, depth)) {
                case IN -> {
                    return Verdict.IN;
                }
                case NOT_KNOWN -> verdict = Verdict.NOT_KNOWN;
                case NOT_IN -> {}
            }
        }
        return verdict;
    }

    /** A part holds what all of its conditions hold. */
    private Verdict in(ValueSet.ConceptSetComponent part, String system, String code, int depth) {
        Verdict verdict = part.hasSystem() ? ofSystem(part, system, code) : Verdict.IN;
        for (var imported : part.getValueSet()) {
            if (verdict == Verdict.NOT_IN) {
                return verdict;
            }
            Verdict other = definitions.fetchValueSet(imported.getValue()) instanceof ValueSet set
                    ? inSet(set, system, code, depth + 1)
                    : Verdict.NOT_KNOWN;
            verdict = other == Verdict.IN ? verdict : other;
        }
        return verdict;
    }

    private Verdict ofSystem(ValueSet.ConceptSetComponent part, String system, String code) {
        if (!system.isEmpty() && !system.equals(part.getSystem())) {
            return Verdict.NOT_IN;
        }
        if (part.hasConcept()) {
            boolean listed = part.getConcept().stream().anyMatch(one -> code.equals(one.getCode()));
            return listed ? Verdict.IN : Verdict.NOT_IN;
        }
        if (!part.hasFilter()) {
            return inSystem(part.getSystem(), code);
        }
        Optional<Codes> codes = codes(part.getSystem());
        if (codes.isEmpty()) {
            return Verdict.NOT_KNOWN;
        }
        Set<String> above = codes.get().above().get(code);
        return above == null ? Verdict.NOT_IN : filtered(part.getFilter(), code, above);
    }

    private static Verdict filtered(List<ValueSet.ConceptSetFilterComponent> filters, String code, Set<String> above) {
        for (ValueSet.ConceptSetFilterComponent filter : filters) {
            boolean aboutConcepts = filter.getProperty().equals("concept")
                    || filter.getProperty().equals("code");
            if (!aboutConcepts || filter.getOp() == null) {
                return Verdict.NOT_KNOWN;
            }
            boolean same = code.equals(filter.getValue());
            boolean below = above.contains(filter.getValue());
            switch (filter.getOp()) {
                case ISA -> {
                    if (!same && !below) {
                        return Verdict.NOT_IN;
                    }
                }
                case DESCENDENTOF -> {
                    if (!below) {
                        return Verdict.NOT_IN;
                    }
                }
                case ISNOTA -> {
                    if (same || below) {
                        return Verdict.NOT_IN;
                    }
                }
                default -> {
                    return Verdict.NOT_KNOWN;
                }
            }
        }
        return Verdict.IN;
    }

    private Optional<Codes> codes(String system) {
        Optional<Codes> known = systems.get(system);
        if (known == null) {
            known = Optional.ofNullable(read(system));
            systems.put(system, known);
        }
        return known;
    }

    private @Nullable Codes read(String system) {
        if (!(definitions.fetchCodeSystem(system) instanceof CodeSystem found)
                || found.getContent() != CodeSystem.CodeSystemContentMode.COMPLETE
                || !found.hasConcept()) {
            return null;
        }
        Map<String, Set<String>> above = new HashMap<>();
        collect(found.getConcept(), Set.of(), above);
        return new Codes(above);
    }

    private static void collect(
            List<CodeSystem.ConceptDefinitionComponent> concepts, Set<String> path, Map<String, Set<String>> above) {
        for (CodeSystem.ConceptDefinitionComponent concept : concepts) {
            above.computeIfAbsent(concept.getCode(), code -> new HashSet<>()).addAll(path);
            if (concept.hasConcept()) {
                Set<String> longer = new HashSet<>(path);
                longer.add(concept.getCode());
                collect(concept.getConcept(), longer, above);
            }
        }
    }
}
