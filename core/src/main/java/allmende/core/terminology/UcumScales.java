package allmende.core.terminology;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.fhir.ucum.Component;
import org.fhir.ucum.Decimal;
import org.fhir.ucum.DefinedUnit;
import org.fhir.ucum.ExpressionParser;
import org.fhir.ucum.Factor;
import org.fhir.ucum.Operator;
import org.fhir.ucum.Symbol;
import org.fhir.ucum.Term;
import org.fhir.ucum.UcumEssenceService;
import org.fhir.ucum.UcumException;
import org.fhir.ucum.UcumModel;
import org.fhir.ucum.Unit;
import org.jspecify.annotations.Nullable;

/**
 * Works out the scale of UCUM expressions. The library reads the definitions and parses expressions; the arithmetic is
 * done here, since the library's own rounds (a minute has 0.01666… hours) and refuses temperatures.
 */
final class UcumScales {

    private static final String DEFINITIONS = "/ucum-essence.xml";

    /** Longest expression; nesting is bounded by it too. */
    private static final int MAX_LENGTH = 100;

    private static final int MAX_EXPONENT = 60;

    private static final UcumModel MODEL = readDefinitions();

    /**
     * Temperature scales: kelvins per degree as a fraction, and how many degrees absolute zero lies below 0. UCUM defines them by functions that its file
     * only names (UCUM, table 4 and table "other units of heat").
     */
    private static final Map<String, UnitScale> TEMPERATURES = Map.of(
            "Cel", temperature(1, 1, "273.15"),
            "[degF]", temperature(5, 9, "459.67"),
            "[degRe]", temperature(5, 4, "218.52"));

    private static final Map<String, UnitScale> DEFINED = new ConcurrentHashMap<>();

    private UcumScales() {}

    /** The expression's scale; null where UCUM does not know it. */
    static @Nullable UnitScale scale(String expression) {
        if (expression.isEmpty() || expression.length() > MAX_LENGTH) {
            return null;
        }
        try {
            return of(new ExpressionParser(MODEL).parse(expression));
        } catch (UcumException | RuntimeException notUcum) {
            // the parser leaves by whatever exception its state brings about, NumberFormatException among them
            return null;
        }
    }

    private static UnitScale of(Term term) throws UcumException {
        if (term.hasComp() && !term.hasTerm()) {
            return of(term.getComp());
        }
        UnitScale product = UnitScale.ONE;
        boolean inverse = false;
        // each operator concerns the one component that follows it
        for (Term rest = term; rest != null; rest = rest.getTerm()) {
            if (rest.hasComp()) {
                UnitScale component = withoutOffset(of(rest.getComp()));
                product = product.times(inverse ? component.power(-1) : component);
            }
            inverse = rest.getOp() == Operator.DIVISION;
        }
        return product;
    }

    private static UnitScale of(Component component) throws UcumException {
        return switch (component) {
            case Term term -> of(term);
            case Factor factor -> UnitScale.number(Ratio.of(BigDecimal.valueOf(factor.getValue())));
            case Symbol symbol -> of(symbol);
            default -> throw new UcumException("an unknown kind of component");
        };
    }

    private static UnitScale of(Symbol symbol) throws UcumException {
        UnitScale scale = of(symbol.getUnit());
        if (symbol.hasPrefix()) {
            scale = scale.scaled(ratio(symbol.getPrefix().getValue()));
        }
        int exponent = symbol.getExponent();
        if (Math.abs(exponent) > MAX_EXPONENT) {
            throw new UcumException("an exponent beyond all measure");
        }
        return exponent == 1 ? scale : withoutOffset(scale).power(exponent);
    }

    private static UnitScale of(Unit unit) throws UcumException {
        String code = unit.getCode();
        UnitScale known = DEFINED.get(code);
        if (known != null) {
            return known;
        }
        UnitScale scale = unit instanceof DefinedUnit defined ? define(defined) : UnitScale.base(code);
        DEFINED.put(code, scale);
        return scale;
    }

    private static UnitScale define(DefinedUnit unit) throws UcumException {
        String code = unit.getCode();
        UnitScale temperature = TEMPERATURES.get(code);
        if (temperature != null) {
            return temperature;
        }
        if (unit.isSpecial() || code.equals("mol")) {
            return UnitScale.base(code);
        }
        Ratio value = ratio(unit.getValue().getValue());
        // "1" of nothing is how UCUM defines an arbitrary unit
        return unit.getValue().getUnit().equals("1") && value.equals(Ratio.ONE)
                ? UnitScale.base(code)
                : of(new ExpressionParser(MODEL).parse(unit.getValue().getUnit()))
                        .scaled(value);
    }

    private static UnitScale withoutOffset(UnitScale scale) throws UcumException {
        if (scale.hasOffset()) {
            throw new UcumException("a temperature with an offset must stand alone");
        }
        return scale;
    }

    private static Ratio ratio(Decimal number) {
        return Ratio.of(new BigDecimal(number.asDecimal()));
    }

    private static UnitScale temperature(long numerator, long denominator, String degreesBelowZero) {
        Ratio factor = Ratio.of(BigDecimal.valueOf(numerator)).over(Ratio.of(BigDecimal.valueOf(denominator)));
        return new UnitScale(factor, Ratio.of(new BigDecimal(degreesBelowZero)).times(factor), Map.of("K", 1));
    }

    private static UcumModel readDefinitions() {
        InputStream definitions = UcumEssenceService.class.getResourceAsStream(DEFINITIONS);
        if (definitions == null) {
            throw new IllegalStateException("the class path lacks " + DEFINITIONS);
        }
        try (definitions) {
            return new UcumEssenceService(definitions).getModel();
        } catch (UcumException | IOException problem) {
            throw new IllegalStateException("the definitions of units can't be read", problem);
        }
    }
}
