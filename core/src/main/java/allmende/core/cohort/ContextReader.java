package allmende.core.cohort;

import allmende.core.cohort.ContextDefinition.AttributeDefinition;
import allmende.core.cohort.ContextDefinition.DerivedTerm;
import allmende.core.cohort.ContextDefinition.FactRule;
import allmende.core.cohort.FactExtractor.Findings;
import allmende.core.cohort.ResourceFacts.Attribute;
import allmende.core.cohort.ResourceFacts.Fact;
import allmende.core.cohort.ResourceFacts.Link;
import allmende.core.cohort.ResourceFacts.Value;
import allmende.core.fhir.Coding;
import allmende.core.fhir.FhirTimes;
import allmende.core.fhir.Reference;
import allmende.core.fhir.ResourceKey;
import allmende.core.fhir.TimeSpan;
import allmende.core.path.ElementPath;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A context, compiled. */
final class ContextReader {

    private final ContextDefinition context;
    private final List<CodeTest> only;
    private final List<CodeTest> exclude;
    private final List<RuleReader> rules;
    private final int[] time;
    private final List<AttributeReader> attributes;

    ContextReader(ContextDefinition context, ResourceView.Paths paths) {
        this.context = context;
        only = context.only().stream().map(one -> new CodeTest(one, paths)).toList();
        exclude =
                context.exclude().stream().map(one -> new CodeTest(one, paths)).toList();
        rules = context.facts().stream()
                .map(rule -> new RuleReader(rule, paths))
                .toList();
        time = context.time().stream().mapToInt(paths::number).toArray();
        attributes = context.attributes().stream().map(AttributeReader::new).toList();
    }

    /** Adds what the context finds in the resource; nothing if the resource does not belong to it. */
    void read(ResourceView view, Findings findings) {
        if (!belongs(view)) {
            return;
        }
        TimeSpan span = time(view);
        Set<Coding> met = context.derived().isEmpty() ? Set.of() : new HashSet<>();
        int before = findings.facts.size();
        for (RuleReader rule : rules) {
            rule.read(view, findings, (term, value) -> {
                findings.facts.add(new Fact(context.code(), term, value, span, findings.encounter));
                if (!context.derived().isEmpty()) {
                    met.add(term);
                }
            });
        }
        for (DerivedTerm derived : context.derived()) {
            if (derived.all().stream().allMatch(group -> group.stream().anyMatch(met::contains))) {
                findings.facts.add(new Fact(context.code(), derived.term(), null, span, findings.encounter));
            }
        }
        if (findings.facts.size() > before) {
            attributes.forEach(attribute -> attribute.read(context.code(), view.resource(), findings));
        }
    }

    private boolean belongs(ResourceView view) {
        for (CodeTest test : only) {
            if (!test.holds(view)) {
                return false;
            }
        }
        for (CodeTest test : exclude) {
            if (test.holds(view)) {
                return false;
            }
        }
        return true;
    }

    private @Nullable TimeSpan time(ResourceView view) {
        for (int path : time) {
            JsonNode node = view.first(path);
            if (node != null) {
                return FhirTimes.span(node);
            }
        }
        return null;
    }

    /** An attribute, compiled. */
    private static final class AttributeReader {
        private final AttributeDefinition attribute;
        private final List<ValueReader> values;
        private final List<ElementPath> references;

        AttributeReader(AttributeDefinition attribute) {
            this.attribute = attribute;
            values = attribute.values().stream().map(ValueReader::new).toList();
            references =
                    attribute.references().stream().map(ElementPath::compile).toList();
        }

        void read(String context, JsonNode resource, Findings findings) {
            for (ValueReader reader : values) {
                for (Value value : reader.read(resource)) {
                    findings.attributes.add(new Attribute(context, attribute.coding(), value));
                }
            }
            for (ElementPath path : references) {
                for (JsonNode node : path.evaluate(resource)) {
                    JsonNode literal = node.get("reference");
                    ResourceKey target = literal == null || !literal.isString()
                            ? null
                            : Reference.parse(literal.stringValue()).resourceKey();
                    if (target != null) {
                        findings.links.add(new Link(context, attribute.coding(), target));
                    }
                }
            }
        }
    }

    /** A fact rule, compiled. */
    private static final class RuleReader {
        private final @Nullable ElementPath each;
        private final TermReader term;
        private final List<ValueReader> values;

        RuleReader(FactRule rule, ResourceView.Paths paths) {
            String base = rule.each();
            each = base == null ? null : ElementPath.compile(base);
            term = TermReader.of(rule.term(), each == null ? paths : null);
            values = rule.values().stream().map(ValueReader::new).toList();
        }

        void read(ResourceView view, Findings findings, Pairs pairs) {
            if (each == null) {
                read(view, view.resource(), findings, pairs);
            } else {
                for (JsonNode element : each.evaluate(view.resource())) {
                    read(view, element, findings, pairs);
                }
            }
        }

        private void read(ResourceView view, JsonNode element, Findings findings, Pairs pairs) {
            List<Coding> terms = term.read(view, element, findings);
            if (terms.isEmpty()) {
                return;
            }
            boolean valued = false;
            for (ValueReader reader : values) {
                for (Value value : reader.read(element)) {
                    valued = true;
                    terms.forEach(coding -> pairs.add(coding, value));
                }
            }
            if (!valued) {
                terms.forEach(coding -> pairs.add(coding, null));
            }
        }
    }

    /** Takes terms with their values. */
    @FunctionalInterface
    private interface Pairs {
        void add(Coding term, @Nullable Value value);
    }
}
