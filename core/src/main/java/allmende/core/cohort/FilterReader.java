package allmende.core.cohort;

import allmende.core.cohort.ContextDefinition.ValueKind;
import allmende.core.fhir.Coding;
import allmende.core.fhir.Quantities;
import allmende.core.terminology.Terminology;
import allmende.core.terminology.Units;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads codes and value filters of one document and keeps count of the codes. */
final class FilterReader {

    private static final Units UNITS = new Units();

    private int codes;

    boolean full(Place place) {
        if (codes >= CcdlReader.MAX_CODES) {
            place.problem(ProblemCode.TOO_MANY_CODES, CcdlReader.MAX_CODES);
            return true;
        }
        return false;
    }

    /** The codes at the places; those that can't be read are left out after a complaint. */
    List<Coding> codings(List<Place> places) {
        List<Coding> codings = new ArrayList<>();
        for (Place place : places) {
            if (full(place)) {
                break;
            }
            Coding coding = coding(place);
            if (coding != null) {
                codings.add(coding);
            }
        }
        return codings;
    }

    @Nullable
    Coding coding(Place place) {
        codes++;
        if (!place.object("The code")) {
            return null;
        }
        String system = place.at("system").requiredText("The code's system");
        String code = place.at("code").requiredText("The code");
        return system.isEmpty() || code.isEmpty() ? null : Terminology.canonical(new Coding(system, code));
    }

    /**
     * The filter at the place; null after a complaint.
     *
     * @param kinds the kinds of value that it may be about
     */
    @Nullable
    ValueFilter read(Place place, Set<ValueKind> kinds) {
        if (!place.object("The filter")) {
            return null;
        }
        String type = place.at("type").requiredText("The filter's type");
        return switch (type) {
            case "" -> null;
            case "concept" -> concepts(place, kinds);
            // Structured Query 2 misspelt its own schema
            case "quantity-comparator", "quantity-comperator" -> comparison(place, kinds);
            case "quantity-range" -> range(place, kinds);
            default -> {
                place.at("type").problem(ProblemCode.FILTER_TYPE, type);
                yield null;
            }
        };
    }

    private @Nullable ValueFilter concepts(Place place, Set<ValueKind> kinds) {
        if (!kinds.contains(ValueKind.CONCEPT)) {
            place.at("type").problem(ProblemCode.VALUE_IS_QUANTITY);
        }
        Place list = place.at("selectedConcepts");
        if (list.withoutItems()) {
            list.problem(ProblemCode.EMPTY_SELECTION);
        }
        List<Coding> concepts = codings(list.items());
        return concepts.isEmpty() ? null : new ValueFilter.Concepts(concepts);
    }

    private @Nullable ValueFilter comparison(Place place, Set<ValueKind> kinds) {
        checkQuantity(place, kinds);
        ValueFilter.Comparator comparator = comparator(place.at("comparator"));
        BigDecimal value = number(place.at("value"), "The value to compare with");
        String unit = unit(place.at("unit"), kinds);
        return comparator == null || value == null ? null : new ValueFilter.Comparison(comparator, value, unit);
    }

    private @Nullable ValueFilter range(Place place, Set<ValueKind> kinds) {
        checkQuantity(place, kinds);
        BigDecimal minimum = number(place.at("minValue"), "The smallest value");
        BigDecimal maximum = number(place.at("maxValue"), "The largest value");
        String unit = unit(place.at("unit"), kinds);
        if (minimum == null || maximum == null) {
            return null;
        }
        if (minimum.compareTo(maximum) > 0) {
            place.problem(ProblemCode.RANGE_REVERSED);
            return null;
        }
        return new ValueFilter.Range(minimum, maximum, unit);
    }

    private static void checkQuantity(Place place, Set<ValueKind> kinds) {
        if (!kinds.contains(ValueKind.QUANTITY) && !kinds.contains(ValueKind.AGE)) {
            place.at("type").problem(ProblemCode.VALUE_IS_CONCEPT);
        }
    }

    private static @Nullable BigDecimal number(Place place, String what) {
        BigDecimal number = place.requiredNumber(what);
        if (number != null && Quantities.number(place.node()) == null) {
            place.problem(ProblemCode.BEYOND_MEASURE, what);
            return null;
        }
        return number;
    }

    private static ValueFilter.@Nullable Comparator comparator(Place place) {
        String name = place.requiredText("The comparator");
        return switch (name) {
            case "eq" -> ValueFilter.Comparator.EQ;
            case "ne" -> ValueFilter.Comparator.NE;
            case "gt" -> ValueFilter.Comparator.GT;
            case "ge" -> ValueFilter.Comparator.GE;
            case "lt" -> ValueFilter.Comparator.LT;
            case "le" -> ValueFilter.Comparator.LE;
            default -> {
                if (!name.isEmpty()) {
                    place.problem(ProblemCode.COMPARATOR);
                }
                yield null;
            }
        };
    }

    /** A unit without a code is no unit: interfaces write it so where the user chose none. */
    private static @Nullable String unit(Place place, Set<ValueKind> kinds) {
        String code = null;
        Place codePlace = place.at("code");
        if (place.present() && place.object("The unit")) {
            String written = codePlace.text();
            code = written == null || written.isBlank() ? null : written;
        }
        boolean age = kinds.contains(ValueKind.AGE) && !kinds.contains(ValueKind.QUANTITY);
        if (age && (code == null || !AgeWindow.UNITS.contains(code))) {
            (code == null ? place : codePlace).problem(ProblemCode.AGE_UNIT);
            return null;
        }
        if (code != null && !UNITS.knows(code)) {
            codePlace.problem(ProblemCode.UNKNOWN_UNIT, code);
        }
        return code;
    }
}
