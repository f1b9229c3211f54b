package allmende.core.cohort;

import allmende.core.fhir.Coding;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One context of the catalogue: which resources it reads and where in them the term, value, time and attributes are.
 * All paths are element paths, kept as written.
 *
 * @param code the context's code in {@code fdpg.mii.cds}
 * @param aliases further codes under which queries may name it
 * @param module name of the module, which is also the name of its file
 * @param titles what people call it
 * @param resourceType the FHIR type it reads
 * @param only a resource belongs to the context only if every one of these holds
 * @param exclude a resource does not belong to the context if any of these holds
 * @param facts where terms and values are; at least one
 * @param time paths to a date, dateTime, instant, Period or Timing: the first one present counts; empty where the
 *     context has no time, so that a query must not restrict it
 * @param attributes further elements that can be filtered by
 * @param derived terms that stand for several terms of one resource together
 * @param defaultFor what queries without a context mean by this one: {@code system|code}, or {@code system} for all of a
 *     system's codes; the code goes first
 */
public record ContextDefinition(
        String code,
        List<String> aliases,
        String module,
        Titles titles,
        String resourceType,
        List<CodeCondition> only,
        List<CodeCondition> exclude,
        List<FactRule> facts,
        List<String> time,
        List<AttributeDefinition> attributes,
        List<DerivedTerm> derived,
        List<String> defaultFor) {

    public ContextDefinition {
        aliases = List.copyOf(aliases);
        only = List.copyOf(only);
        exclude = List.copyOf(exclude);
        facts = List.copyOf(facts);
        time = List.copyOf(time);
        attributes = List.copyOf(attributes);
        derived = List.copyOf(derived);
        defaultFor = List.copyOf(defaultFor);
    }

    /** A title in German and English. */
    public record Titles(String de, String en) {}

    /**
     * Holds if any code at any of the paths is one of the codes.
     *
     * @param paths paths to CodeableConcept, Coding, code, or canonical (profiles; their version is ignored)
     * @param codes {@code system|code} for codings, {@code system|} for every code of a system, the bare code for
     *     elements of type code, the URL for canonicals
     */
    public record CodeCondition(List<String> paths, List<String> codes) {
        public CodeCondition {
            paths = List.copyOf(paths);
            codes = List.copyOf(codes);
        }
    }

    /**
     * Says where a term is and which value belongs to it. Gives a fact for each pair of a term coding and a value; where
     * there is no value, a fact without one.
     *
     * @param each path to backbone elements (an Observation's components) that the paths of term and values start from;
     *     null where they start from the resource
     * @param valueRequired whether a criterion on this term must have a value filter
     */
    public record FactRule(@Nullable String each, TermSource term, List<ValueRule> values, boolean valueRequired) {
        public FactRule {
            values = List.copyOf(values);
        }
    }

    /** Where the term of a fact comes from. */
    public sealed interface TermSource {

        /**
         * The codings of a CodeableConcept or Coding.
         *
         * @param systems only codings of these systems; all where empty
         */
        record Element(String path, List<String> systems) implements TermSource {
            public Element {
                systems = List.copyOf(systems);
            }
        }

        /** The codings at {@code path} of the resource of type {@code type} that the Reference at {@code reference} names. */
        record Referenced(String reference, String type, String path) implements TermSource {}

        /** Always this coding: the context's resources have it by their nature. */
        record Fixed(Coding coding, String display) implements TermSource {}
    }

    /** How an element is filtered. */
    public enum ValueKind {
        /** A Quantity, integer or decimal; by comparison or range. */
        QUANTITY,
        /** A CodeableConcept, Coding or code; by selected concepts. */
        CONCEPT,
        /** A date of birth; by comparison or range of the age it implies. */
        AGE
    }

    /**
     * Where a value is.
     *
     * @param system the system of codes where the element is of type code and so has none itself
     */
    public record ValueRule(
            String path, ValueKind kind, @Nullable String system) {}

    /**
     * A further element that can be filtered by.
     *
     * @param coding the attribute's code
     * @param aliases further codes (in any system) under which queries may name it
     * @param values where its values are; empty for a reference
     * @param references paths to References; empty unless it is one
     * @param targets codes of the contexts that the criteria of a reference filter may have
     */
    public record AttributeDefinition(
            Coding coding,
            List<String> aliases,
            Titles titles,
            List<ValueRule> values,
            List<String> references,
            List<String> targets) {
        public AttributeDefinition {
            aliases = List.copyOf(aliases);
            values = List.copyOf(values);
            references = List.copyOf(references);
            targets = List.copyOf(targets);
        }

        /** Whether the attribute is filtered by criteria on the resource it points to. */
        public boolean isReference() {
            return !references.isEmpty();
        }
    }

    /** The resource meets {@code term} if the terms it meets include at least one of each group in {@code all}. */
    public record DerivedTerm(Coding term, String display, List<List<Coding>> all) {
        public DerivedTerm {
            all = all.stream().map(List::copyOf).toList();
        }
    }
}
