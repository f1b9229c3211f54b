package allmende.core.cohort;

import allmende.core.cohort.ContextDefinition.ValueRule;
import allmende.core.cohort.ResourceFacts.Value;
import allmende.core.fhir.FhirTimes;
import allmende.core.fhir.Quantities;
import allmende.core.fhir.Quantity;
import allmende.core.fhir.TimeSpan;
import allmende.core.path.ElementPath;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A {@link ValueRule}, compiled. */
final class ValueReader {

    private final ElementPath path;
    private final ContextDefinition.ValueKind kind;
    private final String system;

    ValueReader(ValueRule rule) {
        path = ElementPath.compile(rule.path());
        kind = rule.kind();
        String given = rule.system();
        system = given == null ? "" : given;
    }

    /** The values of the element, which is the resource or a part of it. */
    List<Value> read(JsonNode element) {
        List<JsonNode> nodes = path.evaluate(element);
        if (nodes.isEmpty()) {
            return List.of();
        }
        List<Value> values = new ArrayList<>(nodes.size());
        switch (kind) {
            case CONCEPT ->
                ResourceView.codings(nodes, system).stream()
                        .map(Value.Coded::new)
                        .forEach(values::add);
            case QUANTITY -> nodes.forEach(node -> addIfPresent(measured(node), values));
            case AGE -> nodes.forEach(node -> addIfPresent(born(node), values));
        }
        return values;
    }

    private static void addIfPresent(@Nullable Value value, List<Value> values) {
        if (value != null) {
            values.add(value);
        }
    }

    private static @Nullable Value born(JsonNode node) {
        TimeSpan birth = FhirTimes.span(node);
        return birth == null ? null : new Value.Born(birth);
    }

    private static @Nullable Value measured(JsonNode node) {
        if (node.isNumber()) {
            BigDecimal number = Quantities.number(node);
            return number == null ? null : new Value.Measured(number, null);
        }
        Quantity quantity = Quantities.read(node);
        return quantity == null ? null : new Value.Measured(number(quantity), quantity.unit());
    }

    /**
     * The number that stands for the quantity. "Less than 5" is the number just below 5: it is below every limit from 5 on
     * and reaches none of them, as a clinician reads it; "more than 5" is the number just above.
     */
    private static BigDecimal number(Quantity quantity) {
        String comparator = quantity.comparator();
        if (comparator == null) {
            return quantity.value();
        }
        double value = quantity.value().doubleValue();
        return switch (comparator) {
            case "<" -> BigDecimal.valueOf(Math.nextDown(value));
            case ">" -> BigDecimal.valueOf(Math.nextUp(value));
            default -> quantity.value();
        };
    }
}
