package allmende.core.deident;

import java.math.BigDecimal;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What a rule does with an element. docs/implementation/de-identification.md explains each and its limits. */
sealed interface Method {

    /** The value leaves as it is; of an element with parts, what the parts' own rules let out. */
    record Keep() implements Method {}

    /** Nothing leaves. */
    record Remove() implements Method {}

    /** The value stays, but that there is one may be seen: data-absent-reason masked. */
    record Redact() implements Method {}

    /** A constant of the file leaves instead. */
    record Replace(JsonNode value) implements Method {}

    /** A pseudonym leaves instead. */
    record Pseudonymise(String domain) implements Method {}

    /** A keyed hash leaves instead; of references the id is hashed and the type kept. */
    record Hash() implements Method {}

    /** Dates become coarser. Years before {@code earliest} become that year; 0 for none. */
    record Coarsen(Precision to, int earliest) implements Method {}

    /** Of a German postcode the first digits leave. */
    record Digits(int digits) implements Method {}

    /** Numbers above a limit become the same number. */
    record Cap(BigDecimal above, BigDecimal to) implements Method {}

    /** Numbers are rounded down to multiples of a width. */
    record Bin(BigDecimal width) implements Method {}

    /** Dates move by days that are the same for all of a patient. */
    record Shift(boolean keepTime) implements Method {}

    /** Numbers get noise of at most so much, absolute or in percent of the value. */
    record Perturb(BigDecimal most, boolean percent) implements Method {}

    /** How exact a date stays. */
    enum Precision {
        MONTH,
        QUARTER,
        YEAR;

        static @Nullable Precision of(String name) {
            for (Precision precision : values()) {
                if (precision.name().toLowerCase(Locale.ROOT).equals(name)) {
                    return precision;
                }
            }
            return null;
        }
    }

    /** As the file names it. */
    default String word() {
        return switch (this) {
            case Keep() -> "keep";
            case Remove() -> "remove";
            case Redact() -> "redact";
            case Replace _ -> "replace";
            case Pseudonymise _ -> "pseudonymise";
            case Hash() -> "hash";
            case Coarsen _, Digits _, Cap _, Bin _ -> "generalise";
            case Shift _ -> "shift";
            case Perturb _ -> "perturb";
        };
    }

    /** Whether the method can be used on values of a primitive type. */
    default boolean fits(String type) {
        return switch (this) {
            case Keep(), Remove(), Redact(), Replace _ -> true;
            case Pseudonymise _ -> type.equals("string");
            case Hash() -> ValueTypes.isText(type);
            case Coarsen _, Shift _ -> ValueTypes.isDate(type);
            case Digits _ -> type.equals("string");
            case Cap _, Bin _, Perturb _ -> ValueTypes.isNumber(type);
        };
    }

    /** Whether something of an element with parts may leave under this method. */
    default boolean admitsParts() {
        return switch (this) {
            case Remove(), Redact(), Replace _ -> false;
            case Keep(), Pseudonymise _, Hash(), Coarsen _, Digits _, Cap _, Bin _, Shift _, Perturb _ -> true;
        };
    }
}
