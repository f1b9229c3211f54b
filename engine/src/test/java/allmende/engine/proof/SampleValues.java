package allmende.engine.proof;

import allmende.core.cohort.ContextDefinition.ValueRule;
import allmende.core.fhir.Coding;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Draws values of elements: few different ones, so that questions hit them, and awkward ones among them. */
final class SampleValues {

    static final List<String> NUMBERS = List.of("0.5", "1", "1.0", "1.5", "5", "10", "10.0", "50", "100", "1000");
    static final List<String> UNITS = List.of("g/dL", "g/L", "mg/dL", "mmol/L", "umol/L", "kg", "cm", "%");
    static final List<String> CONCEPTS = List.of("a", "b", "c");
    static final String CONCEPT_SYSTEM = "http://example.org/values";

    private static final List<String> DATES = List.of(
            "2019",
            "2020",
            "2020-02",
            "2020-02-29",
            "2020-03-01",
            "2020-03",
            "2020-12-31",
            "2021-01-01",
            "2021",
            "2020-02-29T23:59:59+01:00",
            "2020-03-01T00:00:00+01:00",
            "2020-02-29T23:30:00Z",
            "2020-12-31T23:59:00Z",
            "2020-07-01T00:30:00+02:00",
            "2020-06-30T22:30:00.123Z",
            "2021-02-30");

    private static final List<String> BIRTHS = List.of(
            "2000-02-29",
            "2000-02-28",
            "2000-03-01",
            "1999-12-31",
            "2000",
            "2000-02",
            "1950-06-15",
            "1950",
            "2019-12-25",
            "2020-02-29",
            "2020-02-22",
            "2020-02",
            "2020-01-31",
            "1999");

    private static final List<String> GENDERS = List.of("female", "male", "other", "unknown", "a");

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Chance chance;

    SampleValues(Chance chance) {
        this.chance = chance;
    }

    /** A value for a rule, with the type name that a choice element would carry. */
    record Typed(String type, JsonNode node) {}

    Typed value(ValueRule rule, List<Coding> known) {
        return switch (rule.kind()) {
            case AGE -> new Typed("Date", JSON.stringNode(chance.of(BIRTHS)));
            case QUANTITY ->
                chance.percent(8)
                        ? new Typed("Integer", JSON.numberNode(chance.between(0, 10)))
                        : new Typed("Quantity", quantity());
            case CONCEPT -> concept(rule, known);
        };
    }

    private Typed concept(ValueRule rule, List<Coding> known) {
        String system = rule.system();
        if (rule.path().equals("gender")) {
            return new Typed("Code", JSON.stringNode(chance.of(GENDERS)));
        }
        if (system != null && chance.percent(80)) {
            return new Typed("Code", JSON.stringNode(chance.of(CONCEPTS)));
        }
        return coded(() -> concept(system, known));
    }

    /** A coded value as it may be asked for. */
    Coding concept(@org.jspecify.annotations.Nullable String system, List<Coding> known) {
        return known.isEmpty() || chance.percent(30)
                ? new Coding(
                        system == null ? CONCEPT_SYSTEM : system,
                        chance.of("http://hl7.org/fhir/administrative-gender".equals(system) ? GENDERS : CONCEPTS))
                : chance.of(known);
    }

    /** A CodeableConcept, or a Coding, whose codings are drawn. */
    Typed coded(java.util.function.Supplier<Coding> draw) {
        if (chance.percent(15)) {
            return new Typed("Coding", coding(draw.get()));
        }
        ObjectNode concept = JSON.objectNode();
        if (chance.percent(95)) {
            var codings = concept.putArray("coding");
            chance.some(1, chance.percent(25) ? 3 : 1, draw).forEach(coding -> codings.add(coding(coding)));
        } else {
            concept.put("text", "in words only");
        }
        return new Typed("CodeableConcept", concept);
    }

    private ObjectNode coding(Coding coding) {
        ObjectNode node = JSON.objectNode();
        if (chance.percent(97)) {
            node.put("system", coding.system());
        }
        if (chance.percent(97)) {
            node.put("code", coding.code());
        }
        return node;
    }

    private ObjectNode quantity() {
        ObjectNode quantity = JSON.objectNode();
        if (chance.percent(95)) {
            quantity.set("value", JSON.numberNode(new java.math.BigDecimal(chance.of(NUMBERS))));
        }
        if (chance.percent(12)) {
            quantity.put("comparator", chance.of("<", "<=", ">=", ">"));
        }
        String unit = chance.of(UNITS);
        switch (chance.between(0, 9)) {
            case 0 -> {}
            case 1 -> quantity.put("unit", unit);
            case 2 ->
                quantity.put("unit", "no unit")
                        .put("system", "http://unitsofmeasure.org")
                        .put("code", "furlong");
            default ->
                quantity.put("unit", "as printed")
                        .put("system", "http://unitsofmeasure.org")
                        .put("code", unit);
        }
        return quantity;
    }

    /** A time for an element with this name. */
    Typed time(String path) {
        boolean choice = NaivePath.CHOICES.contains(path);
        if (path.matches("(?i).*(period)$") || (choice && chance.percent(40))) {
            return new Typed("Period", period());
        }
        if (path.matches("(?i).*timing$") || (choice && chance.percent(10))) {
            ObjectNode timing = JSON.objectNode();
            chance.some(1, 2, () -> chance.of(DATES)).forEach(timing.withArray("event")::add);
            return new Typed("Timing", timing);
        }
        return new Typed(choice ? chance.of("DateTime", "Instant") : "DateTime", JSON.stringNode(chance.of(DATES)));
    }

    private ObjectNode period() {
        ObjectNode period = JSON.objectNode();
        if (chance.percent(85)) {
            period.put("start", chance.of(DATES));
        }
        if (chance.percent(60)) {
            period.put("end", chance.of(DATES));
        }
        return period;
    }
}
