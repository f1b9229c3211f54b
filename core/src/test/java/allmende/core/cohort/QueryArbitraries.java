package allmende.core.cohort;

import allmende.core.cohort.ContextDefinition.AttributeDefinition;
import allmende.core.cohort.ContextDefinition.FactRule;
import allmende.core.cohort.ContextDefinition.TermSource;
import allmende.core.cohort.ContextDefinition.ValueKind;
import allmende.core.fhir.Coding;
import allmende.core.fhir.TimeSpan;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.jspecify.annotations.Nullable;

/** Queries over every context of a catalogue, with every kind of filter that it allows. */
public final class QueryArbitraries {

    /** Where a criterion stands: in a group, inside of an extension, inside of a reference filter. */
    private enum Nesting {
        GROUP,
        EXTENSION,
        REFERENCE
    }

    private QueryArbitraries() {}

    /** Queries that the catalogue can answer. */
    public static Arbitrary<CohortQuery> queries(Catalogue catalogue) {
        Arbitrary<Criterion> criteria = Arbitraries.of(catalogue.contexts().values())
                .flatMap(context -> criterion(catalogue, context, Nesting.GROUP));
        Arbitrary<List<List<Criterion>>> groups =
                criteria.list().ofMinSize(1).ofMaxSize(3).list().ofMaxSize(3);
        return Combinators.combine(groups.filter(list -> !list.isEmpty()), groups)
                .as(CohortQuery::new);
    }

    private static Arbitrary<Criterion> criterion(Catalogue catalogue, ContextDefinition context, Nesting nesting) {
        return Arbitraries.of(context.facts()).flatMap(rule -> {
            Arbitrary<List<Coding>> terms = terms(rule);
            Arbitrary<List<AttributeFilter>> attributes = attributes(catalogue, context, nesting != Nesting.REFERENCE);
            Arbitrary<Criterion> plain = Combinators.combine(
                            terms, Arbitraries.of("", "Ein Text \"é\""), value(rule), attributes, time(context))
                    .as((codes, display, value, filters, time) -> new Criterion(
                            context.code(),
                            codes,
                            display.isEmpty() ? codes.getFirst().code() : display,
                            value,
                            filters,
                            time,
                            CriterionExtension.NONE,
                            ""));
            return nesting == Nesting.GROUP
                    ? Combinators.combine(plain, extensions(catalogue, context)).as(QueryArbitraries::extended)
                    : plain;
        });
    }

    private static Criterion extended(Criterion plain, CriterionExtension extension) {
        CriterionExtension fitting = plain.value() == null
                ? new CriterionExtension(extension.atLeast(), null, extension.within())
                : extension;
        return new Criterion(
                plain.context(),
                plain.termCodes(),
                plain.display(),
                plain.value(),
                plain.attributes(),
                plain.time(),
                fitting,
                plain.pointer());
    }

    private static Arbitrary<CriterionExtension> extensions(Catalogue catalogue, ContextDefinition context) {
        Arbitrary<@Nullable Integer> atLeast =
                Arbitraries.integers().between(2, 5).injectNull(0.7);
        if (context.time().isEmpty()) {
            return atLeast.map(times -> new CriterionExtension(times, null, null));
        }
        List<ContextDefinition> timed = catalogue.contexts().values().stream()
                .filter(other -> !other.time().isEmpty())
                .toList();
        Arbitrary<@Nullable Within> within = Combinators.combine(
                        Arbitraries.integers().between(0, Within.MAX_DAYS),
                        Arbitraries.of(Within.Direction.class),
                        Arbitraries.of(timed).flatMap(other -> criterion(catalogue, other, Nesting.EXTENSION)))
                .as(Within::new)
                .injectNull(0.7);
        return Combinators.combine(atLeast, Arbitraries.of(Position.class).injectNull(0.7), within)
                .as(CriterionExtension::new);
    }

    private static Arbitrary<List<Coding>> terms(FactRule rule) {
        return switch (rule.term()) {
            case TermSource.Fixed fixed -> Arbitraries.just(List.of(fixed.coding()));
            case TermSource.Element element ->
                codings(element.systems().isEmpty() ? List.of("http://loinc.org", "urn:oid:1.2") : element.systems());
            case TermSource.Referenced _ -> codings(List.of("http://fhir.de/CodeSystem/bfarm/atc"));
        };
    }

    private static Arbitrary<List<Coding>> codings(List<String> systems) {
        return Combinators.combine(Arbitraries.of(systems), Arbitraries.of("A", "B-1", "C 2", "É"))
                .as(Coding::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(3);
    }

    private static Arbitrary<@Nullable ValueFilter> value(FactRule rule) {
        if (rule.values().isEmpty()) {
            return Arbitraries.just(null);
        }
        Arbitrary<ValueFilter> filters = filter(TermRules.kinds(rule.values()));
        return rule.valueRequired() ? filters.map(filter -> filter) : filters.injectNull(0.3);
    }

    private static Arbitrary<ValueFilter> filter(Set<ValueKind> kinds) {
        return Arbitraries.of(kinds).flatMap(kind -> switch (kind) {
            case CONCEPT -> codings(List.of("http://snomed.info/sct")).map(ValueFilter.Concepts::new);
            case QUANTITY -> quantity(Arbitraries.of("mg/dL", "mm[Hg]", "1").injectNull(0.3));
            case AGE -> quantity(Arbitraries.of(AgeWindow.UNITS));
        });
    }

    private static Arbitrary<ValueFilter> quantity(Arbitrary<String> units) {
        Arbitrary<BigDecimal> numbers = Arbitraries.bigDecimals()
                .between(BigDecimal.valueOf(-1000), BigDecimal.valueOf(1000))
                .ofScale(3);
        Arbitrary<ValueFilter> comparisons = Combinators.combine(
                        Arbitraries.of(ValueFilter.Comparator.class), numbers, units)
                .as(ValueFilter.Comparison::new);
        Arbitrary<ValueFilter> ranges = Combinators.combine(numbers, numbers, units)
                .as((one, other, unit) -> new ValueFilter.Range(one.min(other), one.max(other), unit));
        return Arbitraries.oneOf(comparisons, ranges);
    }

    private static Arbitrary<List<AttributeFilter>> attributes(
            Catalogue catalogue, ContextDefinition context, boolean references) {
        List<AttributeDefinition> known = context.attributes().stream()
                .filter(attribute -> references || !attribute.isReference())
                .toList();
        if (known.isEmpty()) {
            return Arbitraries.just(List.of());
        }
        return Arbitraries.of(known)
                .flatMap(attribute -> attribute(catalogue, attribute))
                .list()
                .ofMaxSize(2);
    }

    private static Arbitrary<AttributeFilter> attribute(Catalogue catalogue, AttributeDefinition attribute) {
        if (attribute.isReference()) {
            return Arbitraries.of(attribute.targets())
                    .flatMap(target ->
                            criterion(catalogue, catalogue.context(target).orElseThrow(), Nesting.REFERENCE))
                    .list()
                    .ofMinSize(1)
                    .ofMaxSize(2)
                    .map(criteria -> new AttributeFilter.OfReference(attribute.coding(), criteria));
        }
        return filter(TermRules.kinds(attribute.values()))
                .map(filter -> new AttributeFilter.OfValue(attribute.coding(), filter));
    }

    private static Arbitrary<@Nullable TimeSpan> time(ContextDefinition context) {
        if (context.time().isEmpty()) {
            return Arbitraries.just(null);
        }
        Arbitrary<Long> days = Arbitraries.longs().between(-200_000, 200_000);
        return Combinators.combine(days, days, Arbitraries.integers().between(0, 3))
                .as((one, other, open) -> new TimeSpan(
                        open == 0 ? TimeSpan.OPEN_START : Math.min(one, other) * 1440,
                        open == 1 ? TimeSpan.OPEN_END : Math.max(one, other) * 1440 + 1439))
                .injectNull(0.3);
    }
}
