package allmende.core.deident;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * How one property is treated.
 *
 * @param label the element with the type that has it, {@code Patient.birthDate}
 * @param property as in JSON
 * @param shadow the property that carries its extensions if it is primitive, {@code _birthDate}
 * @param type of the value
 * @param conditions what has to be looked at in each value
 * @param literal whether the value names a resource, by an id or address inside of it
 * @param outcomes what becomes of it, by the conditions that hold: bit i for the i-th.  Without conditions only 0
 * @param plain the outcome where none of the conditions holds
 */
record Edge(
        String label,
        String property,
        String shadow,
        String type,
        Kind kind,
        boolean repeats,
        boolean literal,
        List<Condition> conditions,
        Map<Long, Outcome> outcomes,
        Outcome plain) {

    /** What a value is in JSON. */
    enum Kind {
        PRIMITIVE,
        STRUCT,
        RESOURCE
    }

    /**
     * What becomes of a value.
     *
     * @param rule the rule that decided; null if none names the element
     * @param parts what becomes of its parts; null if nothing of them leaves
     * @param slot where the decision is counted; negative where only the way leads through the element
     */
    record Outcome(@Nullable Rule rule, @Nullable Node parts, int slot) {}

    /** What becomes of this value. */
    Outcome of(JsonNode value) {
        if (conditions.isEmpty()) {
            return plain;
        }
        long holding = 0;
        for (int i = 0; i < conditions.size(); i++) {
            if (conditions.get(i).holds(value)) {
                holding |= 1L << i;
            }
        }
        return holding == 0 ? plain : outcomes.getOrDefault(holding, plain);
    }
}
