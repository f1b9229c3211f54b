package allmende.app.workbench;

import allmende.core.cohort.AttributeFilter;
import allmende.core.cohort.Catalogue;
import allmende.core.cohort.Criterion;
import allmende.core.cohort.CriterionExtension;
import allmende.core.cohort.ValueFilter;
import allmende.core.cohort.Within;
import allmende.core.fhir.Coding;
import allmende.core.fhir.TimeSpan;
import java.math.BigDecimal;
import java.text.NumberFormat;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The filters of a criterion in words, one text each. */
final class FilterTexts {

    private static final long MINUTES_PER_DAY = 1440;
    private static final int DIGITS_MAX = 12;

    private final Catalogue catalogue;
    private final Words words;
    private final BiFunction<String, Coding, String> display;

    /**
     * In these words.
     *
     * @param display the text of a code in a context
     */
    FilterTexts(Catalogue catalogue, Words words, BiFunction<String, Coding, String> display) {
        this.catalogue = catalogue;
        this.words = words;
        this.display = display;
    }

    List<String> of(Criterion criterion) {
        List<String> texts = new ArrayList<>();
        ValueFilter value = criterion.value();
        if (value != null) {
            texts.add(value(criterion.context(), value));
        }
        TimeSpan time = criterion.time();
        if (time != null) {
            texts.add(time(time));
        }
        criterion.attributes().forEach(filter -> texts.add(attribute(criterion.context(), filter)));
        texts.addAll(extension(criterion.extension()));
        return texts;
    }

    private String value(String context, ValueFilter value) {
        return switch (value) {
            case ValueFilter.Concepts(var concepts) -> concepts(context, concepts);
            case ValueFilter.Comparison(var comparator, var number, var unit) ->
                words.say("workbench.filter." + comparator.name().toLowerCase(Locale.ROOT), number(number), unit(unit))
                        .strip();
            case ValueFilter.Range(var minimum, var maximum, var unit) ->
                words.say("workbench.filter.range", number(minimum), number(maximum), unit(unit))
                        .strip();
        };
    }

    private String concepts(String context, List<Coding> concepts) {
        return concepts.stream()
                .map(concept -> display.apply(context, concept))
                .collect(Collectors.joining(" " + words.say("workbench.or") + " "));
    }

    private String number(BigDecimal number) {
        NumberFormat format = NumberFormat.getNumberInstance(words.locale());
        format.setMaximumFractionDigits(DIGITS_MAX);
        return format.format(number);
    }

    /** Units of age in words, others as they are. */
    String unit(@Nullable String unit) {
        return switch (unit) {
            case null -> "";
            case "a" -> words.say("workbench.unit.a");
            case "mo" -> words.say("workbench.unit.mo");
            case "wk" -> words.say("workbench.unit.wk");
            case "d" -> words.say("workbench.unit.d");
            default -> unit;
        };
    }

    private String time(TimeSpan span) {
        boolean open = span.startMinute() == TimeSpan.OPEN_START;
        boolean openEnd = span.endMinute() == TimeSpan.OPEN_END;
        String first = day(span.startMinute());
        String last = day(span.endMinute());
        if (open) {
            return words.say("workbench.filter.until", last);
        }
        return openEnd ? words.say("workbench.filter.from", first) : words.say("workbench.filter.between", first, last);
    }

    private String day(long minute) {
        return words.day(LocalDate.ofEpochDay(Math.floorDiv(minute, MINUTES_PER_DAY)));
    }

    private String attribute(String context, AttributeFilter filter) {
        String title = title(context, filter.attribute());
        return switch (filter) {
            case AttributeFilter.OfValue(var _, var value) ->
                words.say("workbench.filter.attribute", title, value(context, value));
            case AttributeFilter.OfReference(var _, var criteria) ->
                words.say("workbench.filter.attribute", title, any(criteria));
        };
    }

    private String any(List<Criterion> criteria) {
        return criteria.stream().map(this::title).collect(Collectors.joining(" " + words.say("workbench.or") + " "));
    }

    /** What a criterion looks for. */
    String title(Criterion criterion) {
        return criterion.termCodes().stream()
                .map(code -> display.apply(criterion.context(), code))
                .collect(Collectors.joining(" " + words.say("workbench.or") + " "));
    }

    private String title(String context, Coding attribute) {
        return catalogue
                .context(context)
                .flatMap(definition -> definition.attributes().stream()
                        .filter(each -> each.coding().equals(attribute))
                        .findFirst())
                .map(each -> german() ? each.titles().de() : each.titles().en())
                .orElse(attribute.code());
    }

    private boolean german() {
        return words.locale().getLanguage().equals(Locale.GERMAN.getLanguage());
    }

    private List<String> extension(CriterionExtension extension) {
        List<String> texts = new ArrayList<>();
        Integer times = extension.atLeast();
        if (times != null) {
            texts.add(words.say("workbench.filter.at-least", words.number(times)));
        }
        if (extension.position() != null) {
            texts.add(words.say(
                    "workbench.filter.position." + extension.position().name().toLowerCase(Locale.ROOT)));
        }
        Within within = extension.within();
        if (within != null) {
            texts.add(words.say(
                    "workbench.filter.within." + within.direction().name().toLowerCase(Locale.ROOT),
                    words.number(within.days()),
                    title(within.of())));
        }
        return texts;
    }
}
