package allmende.engine.proof;

import allmende.core.cohort.AttributeFilter;
import allmende.core.cohort.Catalogue;
import allmende.core.cohort.CohortQuery;
import allmende.core.cohort.ContextDefinition;
import allmende.core.cohort.ContextDefinition.AttributeDefinition;
import allmende.core.cohort.ContextDefinition.FactRule;
import allmende.core.cohort.ContextDefinition.TermSource;
import allmende.core.cohort.ContextDefinition.ValueKind;
import allmende.core.cohort.ContextDefinition.ValueRule;
import allmende.core.cohort.Criterion;
import allmende.core.cohort.CriterionExtension;
import allmende.core.cohort.Position;
import allmende.core.cohort.ValueFilter;
import allmende.core.cohort.Within;
import allmende.core.fhir.Coding;
import allmende.core.fhir.TimeSpan;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Draws queries that the catalogue can answer, on contexts that the data has. */
final class SampleQueries {

    private static final List<LocalDate> BOUNDS = List.of(
            LocalDate.of(2019, 12, 31),
            LocalDate.of(2020, 1, 1),
            LocalDate.of(2020, 2, 29),
            LocalDate.of(2020, 3, 1),
            LocalDate.of(2020, 7, 1),
            LocalDate.of(2020, 12, 31),
            LocalDate.of(2021, 1, 1),
            LocalDate.of(2021, 6, 1));

    private final Chance chance;
    private final Catalogue catalogue;
    private final List<ContextDefinition> contexts;
    private final SampleResources resources;
    private final Map<String, List<Coding>> told;

    /**
     * @param told codes that the data has, by resource type
     */
    SampleQueries(
            Chance chance, Catalogue catalogue, List<ContextDefinition> contexts, Map<String, List<Coding>> told) {
        this.told = told;
        this.chance = chance;
        this.catalogue = catalogue;
        this.contexts = contexts;
        this.resources = new SampleResources(chance, catalogue);
    }

    CohortQuery draw() {
        return new CohortQuery(
                groups("/inclusionCriteria", chance.between(1, 3)), groups("/exclusionCriteria", chance.between(0, 2)));
    }

    private List<List<Criterion>> groups(String pointer, int count) {
        List<List<Criterion>> groups = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            List<Criterion> group = new ArrayList<>();
            int size = chance.between(1, 3);
            for (int j = 0; j < size; j++) {
                Criterion plain = criterion(chance.of(contexts), pointer + "/" + i + "/" + j, true);
                group.add(chance.percent(35) ? extended(plain) : plain);
            }
            groups.add(group);
        }
        return groups;
    }

    /** The criterion with something that CCDL can't ask, where its context has times. */
    private Criterion extended(Criterion plain) {
        boolean timed = !catalogue.context(plain.context()).orElseThrow().time().isEmpty();
        Integer atLeast = chance.percent(40) ? chance.of(2, 2, 3) : null;
        Position position = timed && plain.value() != null && chance.percent(60) ? chance.of(Position.values()) : null;
        List<ContextDefinition> others =
                contexts.stream().filter(other -> !other.time().isEmpty()).toList();
        Within within = timed && !others.isEmpty() && chance.percent(50)
                ? new Within(
                        chance.of(0, 1, 30, 59, 306, 400, Within.MAX_DAYS),
                        chance.of(Within.Direction.values()),
                        criterion(chance.of(others), plain.pointer() + "/allmende/within/of", true))
                : null;
        return new Criterion(
                plain.context(),
                plain.termCodes(),
                plain.display(),
                plain.value(),
                plain.attributes(),
                plain.time(),
                new CriterionExtension(atLeast, position, within),
                plain.pointer());
    }

    private Criterion criterion(ContextDefinition context, String pointer, boolean withReferences) {
        FactRule rule = chance.of(context.facts());
        List<Coding> terms = chance.some(1, chance.percent(30) ? 3 : 1, () -> term(context, rule));
        boolean filtered = rule.valueRequired() || chance.percent(25);
        ValueFilter value = filtered && !rule.values().isEmpty() ? filter(context, rule.values()) : null;
        List<AttributeFilter> attributes = new ArrayList<>();
        for (AttributeDefinition attribute : context.attributes()) {
            if (chance.percent(15) && (withReferences || !attribute.isReference())) {
                attributes.add(attribute(context, attribute, pointer + "/attributeFilters/" + attributes.size()));
            }
        }
        TimeSpan time = !context.time().isEmpty() && chance.percent(25) ? span() : null;
        return new Criterion(
                context.code(),
                terms,
                terms.getFirst().code(),
                value,
                attributes,
                time,
                CriterionExtension.NONE,
                pointer);
    }

    private Coding term(ContextDefinition context, FactRule rule) {
        if (!context.derived().isEmpty() && chance.percent(40)) {
            return chance.of(context.derived()).term();
        }
        List<Coding> known =
                switch (rule.term()) {
                    case TermSource.Fixed ignored -> List.of();
                    case TermSource.Element element -> told(context.resourceType(), element.systems());
                    case TermSource.Referenced referenced -> told(referenced.type(), List.of());
                };
        return known.isEmpty() || chance.percent(20) ? resources.term(context, rule) : chance.of(known);
    }

    private List<Coding> told(String type, List<String> systems) {
        return told.getOrDefault(type, List.of()).stream()
                .filter(coding -> systems.isEmpty()
                        || systems.contains(NaiveTerms.named(coding).system()))
                .toList();
    }

    private AttributeFilter attribute(ContextDefinition context, AttributeDefinition attribute, String pointer) {
        if (!attribute.isReference()) {
            return new AttributeFilter.OfValue(attribute.coding(), filter(context, attribute.values()));
        }
        List<Criterion> criteria = new ArrayList<>();
        int count = chance.between(1, 2);
        for (int i = 0; i < count; i++) {
            ContextDefinition target =
                    catalogue.context(chance.of(attribute.targets())).orElseThrow();
            criteria.add(criterion(target, pointer + "/criteria/" + i, false));
        }
        return new AttributeFilter.OfReference(attribute.coding(), criteria);
    }

    private ValueFilter filter(ContextDefinition context, List<ValueRule> rules) {
        ValueRule rule = chance.of(rules);
        if (rule.kind() == ValueKind.CONCEPT) {
            SampleValues values = new SampleValues(chance);
            return new ValueFilter.Concepts(
                    chance.some(1, 3, () -> values.concept(rule.system(), told(context.resourceType(), List.of()))));
        }
        String unit = rule.kind() == ValueKind.AGE
                ? chance.of("a", "mo", "wk", "d", "h")
                : chance.percent(30) ? null : chance.of(SampleValues.UNITS);
        if (chance.percent(60)) {
            return new ValueFilter.Comparison(
                    chance.of(ValueFilter.Comparator.values()), number(rule.kind(), unit), unit);
        }
        BigDecimal one = number(rule.kind(), unit);
        BigDecimal other = number(rule.kind(), unit);
        return new ValueFilter.Range(one.min(other), one.max(other), unit);
    }

    private BigDecimal number(ValueKind kind, @Nullable String unit) {
        if (kind == ValueKind.QUANTITY) {
            return new BigDecimal(chance.of(SampleValues.NUMBERS));
        }
        int age =
                switch (unit) {
                    case "mo" -> chance.of(0, 1, 11, 12, 13, 239, 240, 252, 840);
                    case "wk" -> chance.of(0, 1, 4, 52, 53, 1043, 1044);
                    case "d" -> chance.of(0, 1, 7, 28, 29, 365, 366, 7304, 7305);
                    case "h" -> chance.of(0, 24, 168, 8760, 8784);
                    case null, default -> chance.of(0, 1, 19, 20, 21, 24, 26, 69, 70, 76);
                };
        return chance.percent(10) ? new BigDecimal(age + ".5") : BigDecimal.valueOf(age);
    }

    private TimeSpan span() {
        LocalDate one = chance.of(BOUNDS);
        LocalDate other = chance.of(BOUNDS);
        LocalDate after = one.isBefore(other) ? one : other;
        LocalDate before = one.isBefore(other) ? other : one;
        boolean openStart = chance.percent(20);
        boolean openEnd = !openStart && chance.percent(20);
        return new TimeSpan(
                openStart ? TimeSpan.OPEN_START : after.toEpochDay() * 1440,
                openEnd ? TimeSpan.OPEN_END : before.toEpochDay() * 1440 + 1439);
    }
}
