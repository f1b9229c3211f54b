package allmende.core.explain;

import allmende.core.cohort.AttributeFilter;
import allmende.core.cohort.Criterion;
import allmende.core.cohort.CriterionExtension;
import allmende.core.cohort.Position;
import allmende.core.cohort.ValueFilter;
import allmende.core.cohort.Within;
import allmende.core.fhir.Coding;
import allmende.core.fhir.TimeSpan;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes one criterion as a query over the table of facts. */
final class SqlCriterion {

    private static final int MINUTES_PER_DAY = 1440;
    private static final String AND = "\n    and ";

    private SqlCriterion() {}

    /** The patients who meet the criterion. */
    static String patients(Criterion criterion) {
        CriterionExtension extension = criterion.extension();
        Within within = extension.within();
        String often = extension.atLeast() == null
                ? ""
                : "\n  group by patient having count(distinct resource) >= " + extension.atLeast();
        String patient = often.isEmpty() ? "select distinct patient from " : "select patient from ";
        List<String> conditions = new ArrayList<>();
        String facts = "fact";
        if (extension.position() == null) {
            conditions.addAll(conditions(criterion, true));
        } else {
            facts = "(\n    " + ranked(criterion, extension.position()) + "\n  ) fact";
            conditions.add("place = 1");
            if (criterion.value() != null) {
                conditions.add(value(criterion.value()));
            }
        }
        if (within != null) {
            conditions.add(within(within));
        }
        return patient + facts + "\n  where " + String.join(AND, conditions) + often;
    }

    /** Facts with their places in the order of their starts; those that start together share one. */
    private static String ranked(Criterion criterion, Position position) {
        String order = position == Position.FIRST ? "starts" : "starts desc";
        return "select *, rank() over (partition by patient order by " + order + ") as place from fact\n    where "
                + String.join("\n      and ", conditions(criterion, false)) + "\n      and starts is not null";
    }

    private static String rows(String columns, Criterion criterion) {
        return "select " + columns + " from fact where " + String.join(" and ", conditions(criterion, true));
    }

    private static List<String> conditions(Criterion criterion, boolean withValue) {
        List<String> conditions = new ArrayList<>();
        conditions.add("context = " + text(criterion.context()));
        conditions.add(criterion.termCodes().stream()
                .map(SqlCriterion::range)
                .collect(Collectors.joining("\n      or ", "(", ")")));
        if (withValue && criterion.value() != null) {
            conditions.add(value(criterion.value()));
        }
        TimeSpan time = criterion.time();
        if (time != null) {
            time(time, conditions);
        }
        criterion.attributes().forEach(filter -> conditions.add(attribute(filter)));
        return conditions;
    }

    private static String range(Coding term) {
        String code = text(term.system() + "|" + term.code());
        return "concept between first_of(" + code + ") and last_of(" + code + ")";
    }

    private static String value(ValueFilter filter) {
        return switch (filter) {
            case ValueFilter.Concepts concepts ->
                concepts.concepts().stream()
                        .map(concept -> "concept_of(" + text(concept.system() + "|" + concept.code()) + ")")
                        .collect(Collectors.joining(", ", "value_concept in (", ")"));
            case ValueFilter.Comparison comparison ->
                number(comparison.unit()) + " " + operator(comparison.comparator()) + " " + plain(comparison.value());
            case ValueFilter.Range range ->
                number(range.unit()) + " between " + plain(range.minimum()) + " and " + plain(range.maximum());
        };
    }

    /** The query's bounds are converted to the units of the facts; said the other way round it reads more easily. */
    private static String number(@Nullable String unit) {
        return unit == null ? "value" : "value_in(" + text(unit) + ")";
    }

    private static String plain(BigDecimal number) {
        return number.toPlainString();
    }

    private static String operator(ValueFilter.Comparator comparator) {
        return comparator == ValueFilter.Comparator.NE ? "<>" : CqlCriterion.operator(comparator);
    }

    private static void time(TimeSpan time, List<String> conditions) {
        if (time.endMinute() != TimeSpan.OPEN_END) {
            conditions.add("starts < timestamp '" + day(time.endMinute() + 1) + " 00:00'");
        }
        if (time.startMinute() != TimeSpan.OPEN_START) {
            conditions.add("ends >= timestamp '" + day(time.startMinute()) + " 00:00'");
        }
    }

    private static LocalDate day(long minute) {
        return LocalDate.ofEpochDay(Math.floorDiv(minute, MINUTES_PER_DAY));
    }

    private static String attribute(AttributeFilter filter) {
        String name = "attribute = " + text(filter.attribute().code());
        return switch (filter) {
            case AttributeFilter.OfValue(Coding _, ValueFilter value) ->
                "resource in (select resource from attribute where " + name + " and " + value(value) + ")";
            case AttributeFilter.OfReference(Coding _, List<Criterion> criteria) ->
                "resource in (select resource from link where " + name + " and target in (\n      "
                        + criteria.stream()
                                .map(criterion -> rows("resource", criterion))
                                .collect(Collectors.joining("\n      union "))
                        + "))";
        };
    }

    private static String within(Within within) {
        String distance = "date_diff('day', other.starts, fact.starts)";
        String bounds =
                switch (within.direction()) {
                    case BEFORE -> " between -" + within.days() + " and 0";
                    case AFTER -> " between 0 and " + within.days();
                    case EITHER -> " between -" + within.days() + " and " + within.days();
                };
        return "exists (select 1 from (" + rows("*", within.of()) + ") other\n      where other.patient = "
                + "fact.patient and " + distance + bounds + ")";
    }

    private static String text(String text) {
        return "'" + text.replace("'", "''").replaceAll("\\R", " ") + "'";
    }
}
