package allmende.core.deident;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What a rule may do under another one that it narrows: the same, or leave less. Methods of which neither tells less than
 * the other in each case, such as a date's year and the date some days off, can't replace each other.
 */
final class Ceiling {

    private Ceiling() {}

    /**
     * What is done.
     *
     * @param ceiling what other rules do; null if they name the element nowhere
     * @param wanted what the narrowing rule asks for
     * @return null if it would leave more
     */
    static @Nullable Method narrowed(@Nullable Method ceiling, Method wanted) {
        if (wanted instanceof Method.Remove || wanted.equals(ceiling)) {
            return wanted;
        }
        if (ceiling == null || ceiling instanceof Method.Remove) {
            return null;
        }
        if (wanted instanceof Method.Replace) {
            return wanted;
        }
        return switch (ceiling) {
            case Method.Keep() -> wanted;
            case Method.Remove(), Method.Redact(), Method.Replace _ -> null;
            case Method.Hash(), Method.Pseudonymise _ ->
                wanted instanceof Method.Hash || wanted instanceof Method.Pseudonymise ? wanted : null;
            case Method.Coarsen(Method.Precision to, int earliest) -> coarser(to, earliest, wanted);
            case Method.Digits(int most) ->
                wanted instanceof Method.Digits(int digits) && digits <= most ? wanted : null;
            case Method.Shift(boolean keepTime) ->
                wanted instanceof Method.Shift(boolean keep) ? new Method.Shift(keepTime && keep) : null;
            case Method.Cap(BigDecimal _, BigDecimal _), Method.Bin(BigDecimal _), Method.Perturb _ -> null;
        };
    }

    private static @Nullable Method coarser(Method.Precision to, int earliest, Method wanted) {
        return wanted instanceof Method.Coarsen(Method.Precision precision, int year) && precision.compareTo(to) >= 0
                ? new Method.Coarsen(precision, Math.max(year, earliest))
                : null;
    }
}
