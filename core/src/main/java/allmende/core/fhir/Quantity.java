package allmende.core.fhir;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A measured amount.
 *
 * @param value the number, with its precision
 * @param comparator {@code <}, {@code <=}, {@code >=}, {@code >}; null where the number is the value itself
 * @param unit the UCUM code; else the unit as written; null where there is none
 */
public record Quantity(
        BigDecimal value,
        @Nullable String comparator,
        @Nullable String unit) {}
