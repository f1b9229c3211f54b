package allmende.core.explain;

import allmende.core.cohort.AttributeFilter;
import allmende.core.cohort.Catalogue;
import allmende.core.cohort.ContextDefinition;
import allmende.core.cohort.ContextDefinition.AttributeDefinition;
import allmende.core.cohort.ContextDefinition.TermSource;
import allmende.core.cohort.ContextDefinition.ValueRule;
import allmende.core.cohort.Criterion;
import allmende.core.cohort.Position;
import allmende.core.cohort.ValueFilter;
import allmende.core.cohort.Within;
import allmende.core.fhir.Coding;
import allmende.core.fhir.TimeSpan;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes one criterion as the list of resources that meet it. */
final class CqlCriterion {

    private static final int MINUTES_PER_DAY = 1440;
    private static final String OR = "\n        or ";

    private final Catalogue catalogue;
    private final DisplayNames names;
    private final CqlSystems systems;
    private final StringBuilder text;

    CqlCriterion(Catalogue catalogue, DisplayNames names, CqlSystems systems, StringBuilder text) {
        this.catalogue = catalogue;
        this.names = names;
        this.systems = systems;
        this.text = text;
    }

    /** Writes the definitions of the criterion under this number. */
    void write(Criterion criterion, String number) {
        ContextDefinition context = catalogue.context(criterion.context()).orElse(null);
        if (context == null) {
            line(CqlPaths.comment("Criterion " + number + ": the catalogue has no context " + criterion.context()));
            define("Criterion " + number, "false");
            return;
        }
        references(criterion, number);
        Within within = criterion.extension().within();
        if (within != null) {
            write(within.of(), number + " other");
        }
        line(CqlPaths.comment("Criterion " + number + ": "
                + PlainLanguage.of(criterion, Locale.ENGLISH, names).text()));
        if (context.resourceType().equals("Patient")) {
            define("Criterion " + number, person(criterion, context));
            return;
        }
        define("Codes " + number, codes(criterion.termCodes()));
        define("Resources " + number, resources(criterion, context, number));
        if (criterion.extension().position() != null) {
            farthest(criterion, context, number);
        }
        Integer atLeast = criterion.extension().atLeast();
        String matching =
                CqlPaths.name((criterion.extension().position() == null ? "Resources " : "Matching ") + number);
        define("Criterion " + number, atLeast == null ? "exists " + matching : "Count(" + matching + ") >= " + atLeast);
    }

    private void references(Criterion criterion, String number) {
        int attribute = 1;
        for (AttributeFilter filter : criterion.attributes()) {
            if (filter instanceof AttributeFilter.OfReference(Coding _, List<Criterion> criteria)) {
                int inner = 1;
                for (Criterion target : criteria) {
                    write(target, number + "." + attribute + "." + inner++);
                }
            }
            attribute++;
        }
    }

    private void define(String name, String expression) {
        line("define " + CqlPaths.name(name) + ":\n  " + expression + "\n");
    }

    private void line(String line) {
        text.append(line).append('\n');
    }

    private String codes(List<Coding> codings) {
        return codings.stream().map(systems::code).collect(Collectors.joining(",\n    ", "{ ", " }"));
    }

    private String person(Criterion criterion, ContextDefinition context) {
        ValueFilter value = criterion.value();
        return switch (value) {
            case null -> "true";
            case ValueFilter.Comparison comparison ->
                age(comparison.unit()) + " " + operator(comparison.comparator()) + " "
                        + comparison.value().toPlainString();
            case ValueFilter.Range range ->
                age(range.unit()) + " between " + range.minimum().toPlainString() + " and "
                        + range.maximum().toPlainString();
            case ValueFilter.Concepts concepts ->
                concepts.concepts().stream()
                        .map(concept -> "Patient." + coded(context, criterion) + " = " + CqlPaths.text(concept.code()))
                        .collect(Collectors.joining(" or "));
        };
    }

    private static String coded(ContextDefinition context, Criterion criterion) {
        return context.facts().stream()
                .filter(rule -> rule.term() instanceof TermSource.Fixed(Coding term, String _)
                        && criterion.termCodes().contains(term))
                .flatMap(rule -> rule.values().stream())
                .map(ValueRule::path)
                .findFirst()
                .orElse("gender");
    }

    private static String age(@Nullable String unit) {
        return switch (unit) {
            case "mo" -> "AgeInMonths()";
            case "wk" -> "AgeInWeeks()";
            case "d" -> "AgeInDays()";
            case "h" -> "AgeInDays() * 24";
            case null, default -> "AgeInYears()";
        };
    }

    private String resources(Criterion criterion, ContextDefinition context, String number) {
        // the value filter of a first or last resource is asked of that one alone
        ValueFilter asked = criterion.extension().position() == null ? criterion.value() : null;
        List<String> conditions = new ArrayList<>();
        conditions.add(new CqlValues(systems).facts(context, criterion.termCodes(), asked, number));
        TimeSpan time = criterion.time();
        if (time != null) {
            conditions.add(time(context, time));
        }
        int attribute = 1;
        for (AttributeFilter filter : criterion.attributes()) {
            conditions.add(attribute(context, filter, number + "." + attribute++));
        }
        Within within = criterion.extension().within();
        if (within != null && criterion.extension().position() == null) {
            conditions.add(within(context, within, number + " other"));
        }
        return "[" + context.resourceType() + "] R\n    where " + String.join("\n      and ", conditions);
    }

    private static String time(ContextDefinition context, TimeSpan time) {
        String first = time.startMinute() == TimeSpan.OPEN_START ? "null" : day(time.startMinute());
        String last = time.endMinute() == TimeSpan.OPEN_END ? "null" : day(time.endMinute());
        String window = "Interval[" + first + ", " + last + "]";
        String any = context.time().stream()
                .map(path -> CqlPaths.isPeriod(path)
                        ? CqlPaths.of("R.", path) + " overlaps " + window
                        : "ToDate(" + CqlPaths.of("R.", path) + ") in " + window)
                .collect(Collectors.joining(OR));
        return context.time().size() > 1 ? "(" + any + ")" : any;
    }

    private static String day(long minute) {
        return "@" + LocalDate.ofEpochDay(Math.floorDiv(minute, MINUTES_PER_DAY));
    }

    private String attribute(ContextDefinition context, AttributeFilter filter, String number) {
        AttributeDefinition definition = context.attributes().stream()
                .filter(known -> known.coding().code().equals(filter.attribute().code()))
                .findFirst()
                .orElse(null);
        if (definition == null) {
            return "false // the catalogue has no attribute "
                    + filter.attribute().code();
        }
        return switch (filter) {
            case AttributeFilter.OfValue(Coding _, ValueFilter value) ->
                new CqlValues(systems).any(definition.values(), value, "R.");
            case AttributeFilter.OfReference(Coding _, List<Criterion> criteria) -> {
                List<String> any = new ArrayList<>();
                for (int inner = 1; inner <= criteria.size(); inner++) {
                    any.add(refers(definition, number + "." + inner));
                }
                yield any.size() == 1 ? any.getFirst() : "(" + String.join(OR, any) + ")";
            }
        };
    }

    private static String refers(AttributeDefinition definition, String number) {
        return definition.references().stream()
                .map(path -> "exists (" + CqlPaths.name("Resources " + number) + " O where EndsWith("
                        + CqlPaths.of("R.", path) + ".reference, '/' + O.id))")
                .collect(Collectors.joining(OR));
    }

    private String within(ContextDefinition context, Within within, String other) {
        ContextDefinition of = catalogue.context(within.of().context()).orElse(context);
        String days = "difference in days between " + start(of, "O.") + " and " + start(context, "R.");
        String bounds =
                switch (within.direction()) {
                    case BEFORE -> "between -" + within.days() + " and 0";
                    case AFTER -> "between 0 and " + within.days();
                    case EITHER -> "between -" + within.days() + " and " + within.days();
                };
        return "exists (" + CqlPaths.name("Resources " + other) + " O where " + days + " " + bounds + ")";
    }

    /** When a resource starts: at the first of the context's times that it has. */
    private static String start(ContextDefinition context, String alias) {
        List<String> starts = context.time().stream()
                .map(path -> CqlPaths.isPeriod(path)
                        ? "start of " + CqlPaths.of(alias, path)
                        : "ToDateTime(" + CqlPaths.of(alias, path) + ")")
                .toList();
        return starts.size() == 1 ? starts.getFirst() : "Coalesce(" + String.join(", ", starts) + ")";
    }

    /** The first or last of the resources, or several that start together; of these the value is asked. */
    private void farthest(Criterion criterion, ContextDefinition context, String number) {
        boolean first = criterion.extension().position() == Position.FIRST;
        String resources = CqlPaths.name("Resources " + number);
        String name = (first ? "Earliest " : "Latest ") + number;
        String extreme = first ? "Min" : "Max";
        define(name, extreme + "(" + resources + " R return " + start(context, "R.") + ")");
        List<String> conditions = new ArrayList<>();
        conditions.add(start(context, "R.") + " = " + CqlPaths.name(name));
        conditions.add(new CqlValues(systems).facts(context, criterion.termCodes(), criterion.value(), number));
        Within within = criterion.extension().within();
        if (within != null) {
            conditions.add(within(context, within, number + " other"));
        }
        define("Matching " + number, resources + " R\n    where " + String.join("\n      and ", conditions));
    }

    static String operator(ValueFilter.Comparator comparator) {
        return switch (comparator) {
            case EQ -> "=";
            case NE -> "!=";
            case GT -> ">";
            case GE -> ">=";
            case LT -> "<";
            case LE -> "<=";
        };
    }
}
