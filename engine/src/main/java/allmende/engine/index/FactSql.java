package allmende.engine.index;

import allmende.core.fhir.Coding;
import allmende.core.fhir.TimeSpan;
import allmende.core.terminology.ConceptRange;
import allmende.engine.index.FactFilter.AttributeTest;
import allmende.engine.index.FactFilter.UnitChoice;
import allmende.engine.index.FactFilter.ValueTest;
import allmende.engine.index.FactFilter.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * Writes filters as SQL conditions. They consist of numbers only: names were looked up before; a name without a number
 * occurs in no row, so its condition is {@code false}.
 */
final class FactSql {

    /** Both parts of the facts. */
    static final String ALL_FACTS = "(select * from fact union all select * from recent)";

    private static final String NOTHING = "false";

    private final IndexFile file;

    FactSql(IndexFile file) {
        this.file = file;
    }

    /** Rows of a context whose term lies in any of the ranges. */
    String terms(String context, List<ConceptRange> ranges) {
        OptionalInt number = file.names(NameNumbers.Kind.CONTEXT).find(context);
        if (number.isEmpty() || ranges.isEmpty()) {
            return NOTHING;
        }
        String concepts = ranges.stream().map(FactSql::range).collect(Collectors.joining(" or ", "(", ")"));
        return "context = " + number.getAsInt() + " and " + concepts;
    }

    private static String range(ConceptRange range) {
        return range.low() == range.high()
                ? "concept = " + range.low()
                : "concept between " + range.low() + " and " + range.high();
    }

    /** The whole filter. */
    String condition(FactFilter filter) {
        List<String> parts = new ArrayList<>();
        parts.add(terms(filter.context(), filter.terms()));
        if (filter.value() != null) {
            parts.add(value(filter.value()));
        }
        if (filter.time() != null) {
            parts.add(time(filter.time()));
        }
        filter.attributes().forEach(test -> parts.add(attribute(filter.context(), test)));
        return String.join(" and ", parts);
    }

    /** Rows whose value passes; null for rows without one. */
    String value(ValueTest test) {
        return switch (test) {
            case ValueTest.OneOf coded ->
                coded.concepts().isEmpty()
                        ? NOTHING
                        : "value_concept in " + Sql.list(coded.concepts()) + " and unit is null";
            case ValueTest.Within within -> {
                List<String> any = new ArrayList<>();
                within.windows().forEach(window -> any.add(window(window)));
                within.births().forEach(birth -> any.add(birth(birth)));
                yield any.isEmpty() ? NOTHING : any.stream().collect(Collectors.joining(") or (", "((", "))"));
            }
        };
    }

    private String window(Window window) {
        List<String> parts = new ArrayList<>();
        parts.add(unit(window.unit()));
        if (window.low() != Double.NEGATIVE_INFINITY) {
            parts.add("value " + (window.lowInclusive() ? ">=" : ">") + " " + Sql.literal(window.low()));
        }
        if (window.high() != Double.POSITIVE_INFINITY) {
            parts.add("value " + (window.highInclusive() ? "<=" : "<") + " " + Sql.literal(window.high()));
        }
        parts.add("value is not null");
        return String.join(" and ", parts);
    }

    private String unit(UnitChoice choice) {
        return switch (choice) {
            case UnitChoice.Any any -> "unit is distinct from " + Schema.BIRTH_UNIT;
            case UnitChoice.Exactly exactly -> {
                if (exactly.unit() == null) {
                    yield "unit is null";
                }
                OptionalInt number = file.names(NameNumbers.Kind.UNIT).find(exactly.unit());
                yield number.isPresent() ? "unit = " + number.getAsInt() : NOTHING;
            }
        };
    }

    private static String birth(TimeSpan window) {
        return "unit = " + Schema.BIRTH_UNIT + " and value <= " + Sql.literal((double) window.endMinute())
                + " and value_concept >= " + window.startMinute();
    }

    /** A row's time overlaps this one. Rows without a time have null here and so never do. */
    private static String time(TimeSpan time) {
        return "start_minute <= " + time.endMinute() + " and (span = " + Schema.OPEN_SPAN + " or start_minute >= "
                + time.startMinute() + " or start_minute::bigint + span >= " + time.startMinute() + ")";
    }

    private String attribute(String context, AttributeTest test) {
        return switch (test) {
            case AttributeTest.HasValue has -> {
                String owner = owner(context, has.attribute());
                yield owner.equals(NOTHING)
                        ? NOTHING
                        : "resource in (select resource from attribute where " + owner + " and " + value(has.value())
                                + ")";
            }
            case AttributeTest.PointsTo points -> {
                String owner = owner(context, points.attribute());
                String targets = points.targets().stream()
                        .map(target -> "(" + condition(target) + ")")
                        .collect(Collectors.joining(" or "));
                yield owner.equals(NOTHING) || targets.isEmpty()
                        ? NOTHING
                        : "resource in (select l.resource from (select * from link where " + owner + ") l join"
                                + " (select distinct resource, patient from " + ALL_FACTS + " where " + targets
                                + ") f on f.resource = l.target and f.patient = l.patient)";
            }
        };
    }

    /** Rows of this attribute as the context sees it. */
    String owner(String context, Coding attribute) {
        OptionalInt contextNumber = file.names(NameNumbers.Kind.CONTEXT).find(context);
        OptionalInt attributeNumber = file.names(NameNumbers.Kind.ATTRIBUTE).find(RowWriter.attributeName(attribute));
        return contextNumber.isEmpty() || attributeNumber.isEmpty()
                ? NOTHING
                : "context = " + contextNumber.getAsInt() + " and attribute = " + attributeNumber.getAsInt();
    }
}
