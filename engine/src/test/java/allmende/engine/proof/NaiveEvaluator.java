package allmende.engine.proof;

import allmende.core.cohort.AttributeFilter;
import allmende.core.cohort.Catalogue;
import allmende.core.cohort.CohortQuery;
import allmende.core.cohort.ContextDefinition;
import allmende.core.cohort.ContextDefinition.AttributeDefinition;
import allmende.core.cohort.ContextDefinition.CodeCondition;
import allmende.core.cohort.ContextDefinition.FactRule;
import allmende.core.cohort.ContextDefinition.ValueRule;
import allmende.core.cohort.Criterion;
import allmende.core.cohort.Funnel;
import allmende.core.cohort.ValueFilter;
import allmende.core.fhir.Coding;
import allmende.core.fhir.TimeSpan;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Finds a cohort by reading every resource for every criterion. Slow, short, and the judge of the index. */
final class NaiveEvaluator {

    /** The ids of the cohort's patients, and how it came about. */
    record Cohort(Set<String> patients, Funnel funnel) {}

    /** "Less than 5" stands for the number just below 5. */
    private static final BigDecimal JUST_A_BIT = new BigDecimal("1e-9");

    private static final String CONSENT = "Einwilligung";

    private final Catalogue catalogue;
    private final NaiveTerms terms;
    private final NaiveRecords records;
    private final LocalDate today;
    private final NaiveConsents consents;

    NaiveEvaluator(Catalogue catalogue, NaiveTerms terms, Collection<JsonNode> resources, LocalDate today) {
        this.catalogue = catalogue;
        this.terms = terms;
        this.records = new NaiveRecords(resources);
        this.today = today;
        this.consents = new NaiveConsents(catalogue.context(CONSENT).orElseThrow(), records, today);
    }

    Cohort find(CohortQuery query) {
        Set<String> cohort = new TreeSet<>(records.patients());
        List<Funnel.Step> inclusion = new ArrayList<>();
        for (List<Criterion> group : query.inclusion()) {
            Set<String> any = new TreeSet<>();
            group.forEach(criterion -> any.addAll(patients(criterion)));
            cohort.retainAll(any);
            inclusion.add(new Funnel.Step(leaves(group), any.size(), cohort.size()));
        }
        List<Funnel.Step> exclusion = new ArrayList<>();
        for (List<Criterion> group : query.exclusion()) {
            Set<String> all = new TreeSet<>(records.patients());
            group.forEach(criterion -> all.retainAll(patients(criterion)));
            cohort.removeAll(all);
            exclusion.add(new Funnel.Step(leaves(group), all.size(), cohort.size()));
        }
        return new Cohort(cohort, new Funnel(inclusion, exclusion, cohort.size()));
    }

    private List<Funnel.Leaf> leaves(List<Criterion> group) {
        return group.stream()
                .map(criterion -> new Funnel.Leaf(
                        criterion.display(),
                        criterion.pointer(),
                        patients(criterion).size()))
                .toList();
    }

    private Set<String> patients(Criterion criterion) {
        return new NaiveExtension(this, criterion).patients();
    }

    /** The resources that meet a criterion, whatever it asks beyond CCDL, by patient. */
    Map<String, List<JsonNode>> meeting(Criterion criterion) {
        Map<String, List<JsonNode>> meeting = new TreeMap<>();
        for (JsonNode resource : records.all()) {
            if (meets(resource, criterion)) {
                records.patientOf(resource)
                        .ifPresent(patient -> meeting.computeIfAbsent(patient, any -> new ArrayList<>())
                                .add(resource));
            }
        }
        return meeting;
    }

    /** When a resource starts, as the criterion's context sees it; empty where that is not known. */
    Optional<LocalDateTime> start(JsonNode resource, Criterion criterion) {
        return catalogue.context(criterion.context()).orElseThrow().time().stream()
                .flatMap(path -> NaivePath.evaluate(path, resource).stream())
                .findFirst()
                .flatMap(NaiveTime::of)
                .map(NaiveTime::first)
                .filter(first -> !first.equals(NaiveTime.EVER));
    }

    boolean meets(JsonNode resource, Criterion criterion) {
        ContextDefinition context = catalogue.context(criterion.context()).orElseThrow();
        if (context.code().equals(CONSENT)) {
            return resource.path("resourceType").asString("").equals(context.resourceType())
                    && timeMeets(resource, context, criterion)
                    && records.patientOf(resource)
                            .filter(patient -> consents.grants(resource, patient, criterion.termCodes()))
                            .isPresent();
        }
        return belongs(resource, context)
                && timeMeets(resource, context, criterion)
                && termAndValueMeet(resource, context, criterion)
                && criterion.attributes().stream().allMatch(filter -> attributeMeets(resource, context, filter));
    }

    private static boolean belongs(JsonNode resource, ContextDefinition context) {
        return resource.path("resourceType").asString("").equals(context.resourceType())
                && context.only().stream().allMatch(condition -> holds(condition, resource))
                && context.exclude().stream().noneMatch(condition -> holds(condition, resource));
    }

    private static boolean holds(CodeCondition condition, JsonNode resource) {
        return condition.paths().stream()
                .flatMap(path -> NaivePath.evaluate(path, resource).stream())
                .anyMatch(node -> node.isValueNode()
                        ? condition.codes().contains(node.asString().replaceFirst("\\|.*", ""))
                        : codings(node, "")
                                .anyMatch(coding -> condition.codes().contains(coding.system() + "|")
                                        || condition.codes().contains(coding.system() + "|" + coding.code())));
    }

    private boolean timeMeets(JsonNode resource, ContextDefinition context, Criterion criterion) {
        TimeSpan asked = criterion.time();
        if (asked == null) {
            return true;
        }
        NaiveTime span = new NaiveTime(local(asked.startMinute()), local(asked.endMinute()));
        return context.time().stream()
                .flatMap(path -> NaivePath.evaluate(path, resource).stream())
                .findFirst()
                .flatMap(NaiveTime::of)
                .filter(time -> time.meets(span))
                .isPresent();
    }

    private static LocalDateTime local(long minute) {
        return LocalDateTime.ofEpochSecond(minute * 60, 0, ZoneOffset.UTC);
    }

    private boolean termAndValueMeet(JsonNode resource, ContextDefinition context, Criterion criterion) {
        boolean direct = context.facts().stream().anyMatch(rule -> bases(resource, rule)
                .anyMatch(base -> termsOf(resource, base, rule).anyMatch(term -> asked(term, criterion))
                        && valueMeets(base, rule.values(), criterion.value())));
        return direct || (criterion.value() == null && derivedTermMeets(resource, context, criterion));
    }

    private boolean asked(Coding term, Criterion criterion) {
        return criterion.termCodes().stream().anyMatch(code -> terms.isOrBelow(term, code));
    }

    private boolean derivedTermMeets(JsonNode resource, ContextDefinition context, Criterion criterion) {
        List<Coding> met = context.facts().stream()
                .flatMap(rule -> bases(resource, rule).flatMap(base -> termsOf(resource, base, rule)))
                .toList();
        return context.derived().stream()
                .filter(derived ->
                        criterion.termCodes().stream().anyMatch(code -> NaiveTerms.same(code, derived.term())))
                .anyMatch(derived -> derived.all().stream().allMatch(group -> group.stream()
                        .anyMatch(code -> met.stream().anyMatch(term -> NaiveTerms.same(term, code)))));
    }

    private static Stream<JsonNode> bases(JsonNode resource, FactRule rule) {
        return rule.each() == null ? Stream.of(resource) : NaivePath.evaluate(rule.each(), resource).stream();
    }

    private Stream<Coding> termsOf(JsonNode resource, JsonNode base, FactRule rule) {
        return switch (rule.term()) {
            case ContextDefinition.TermSource.Fixed fixed -> Stream.of(fixed.coding());
            case ContextDefinition.TermSource.Element element ->
                NaivePath.evaluate(element.path(), base).stream()
                        .flatMap(node -> codings(node, ""))
                        .filter(coding -> element.systems().isEmpty()
                                || element.systems().stream().anyMatch(system -> sameSystem(system, coding)));
            case ContextDefinition.TermSource.Referenced referenced ->
                NaivePath.evaluate(referenced.reference(), base).stream()
                        .flatMap(reference -> records.target(resource, reference).stream())
                        .filter(target ->
                                target.path("resourceType").asString("").equals(referenced.type()))
                        .flatMap(target -> NaivePath.evaluate(referenced.path(), target).stream())
                        .flatMap(node -> codings(node, ""));
        };
    }

    private static boolean sameSystem(String system, Coding coding) {
        return NaiveTerms.named(coding).equals(NaiveTerms.named(new Coding(system, coding.code())));
    }

    private boolean valueMeets(JsonNode base, List<ValueRule> rules, ValueFilter filter) {
        return filter == null
                || rules.stream().anyMatch(rule -> NaivePath.evaluate(rule.path(), base).stream()
                        .anyMatch(node -> passes(node, rule, filter)));
    }

    private boolean passes(JsonNode node, ValueRule rule, ValueFilter filter) {
        return switch (rule.kind()) {
            case AGE ->
                NaiveTime.of(node)
                        .filter(born -> NaiveNumbers.passesAge(filter, born, today))
                        .isPresent();
            case QUANTITY -> quantityPasses(node, filter);
            case CONCEPT ->
                filter instanceof ValueFilter.Concepts(List<Coding> concepts)
                        && codings(node, rule.system() == null ? "" : rule.system())
                                .anyMatch(coding -> concepts.stream().anyMatch(one -> NaiveTerms.same(one, coding)));
        };
    }

    private static boolean quantityPasses(JsonNode node, ValueFilter filter) {
        if (node.isNumber()) {
            return NaiveNumbers.passes(filter, node.decimalValue(), null);
        }
        if (!node.path("value").isNumber()) {
            return false;
        }
        String unit = node.has("code")
                ? node.get("code").asString()
                : node.path("unit").asString(null);
        BigDecimal beside =
                switch (node.path("comparator").asString("")) {
                    case "<" -> JUST_A_BIT.negate();
                    case ">" -> JUST_A_BIT;
                    default -> BigDecimal.ZERO;
                };
        return NaiveNumbers.passes(filter, node.get("value").decimalValue().add(beside), unit);
    }

    private boolean attributeMeets(JsonNode resource, ContextDefinition context, AttributeFilter filter) {
        AttributeDefinition attribute = context.attributes().stream()
                .filter(one -> one.coding().equals(filter.attribute()))
                .findFirst()
                .orElseThrow();
        return switch (filter) {
            case AttributeFilter.OfValue(Coding ignored, ValueFilter value) ->
                valueMeets(resource, attribute.values(), value);
            case AttributeFilter.OfReference(Coding ignored, List<Criterion> criteria) ->
                attribute.references().stream()
                        .flatMap(path -> NaivePath.evaluate(path, resource).stream())
                        .flatMap(reference -> records.target(resource, reference).stream())
                        .filter(target -> samePatient(resource, target))
                        .anyMatch(target -> criteria.stream().anyMatch(criterion -> meets(target, criterion)));
        };
    }

    private boolean samePatient(JsonNode one, JsonNode other) {
        Optional<String> patient = records.patientOf(one);
        return patient.isPresent() && patient.equals(records.patientOf(other));
    }

    /** The codings of a CodeableConcept or a Coding; a plain code has the system that its element implies. */
    private static Stream<Coding> codings(JsonNode node, String impliedSystem) {
        if (node.isValueNode()) {
            return Stream.of(new Coding(impliedSystem, node.asString()));
        }
        Stream<JsonNode> codings =
                node.path("coding").isArray() ? node.get("coding").valueStream() : Stream.of(node);
        return codings.filter(coding -> coding.has("system") && coding.has("code"))
                .map(coding -> new Coding(
                        coding.get("system").asString(), coding.get("code").asString()));
    }
}
