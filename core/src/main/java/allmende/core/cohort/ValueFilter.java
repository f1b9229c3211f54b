package allmende.core.cohort;

import allmende.core.fhir.Coding;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the value of a resource, or of one of its attributes, must be. */
public sealed interface ValueFilter {

    /** One of these concepts; concepts of a value are not expanded to their descendants. */
    record Concepts(List<Coding> concepts) implements ValueFilter {
        public Concepts {
            concepts = List.copyOf(concepts);
        }
    }

    /**
     * A comparison with a number.
     *
     * @param unit UCUM code; null compares the number whatever the unit
     */
    record Comparison(
            Comparator comparator,
            BigDecimal value,
            @Nullable String unit) implements ValueFilter {}

    /** A range, both ends inclusive, in {@code unit} (UCUM; null compares the number whatever the unit). */
    record Range(
            BigDecimal minimum,
            BigDecimal maximum,
            @Nullable String unit) implements ValueFilter {}

    /** Comparators of CCDL. */
    enum Comparator {
        EQ,
        NE,
        GT,
        GE,
        LT,
        LE
    }
}
