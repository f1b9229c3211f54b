package allmende.app.workbench;

import allmende.core.cohort.AttributeFilter;
import allmende.core.cohort.ContextDefinition.AttributeDefinition;
import allmende.core.cohort.Criterion;
import allmende.core.cohort.CriterionExtension;
import allmende.core.cohort.Position;
import allmende.core.cohort.ValueFilter;
import allmende.core.cohort.Within;
import allmende.core.document.CohortDocument;
import allmende.core.document.Spot;
import allmende.core.document.Term;
import allmende.core.fhir.Coding;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;

/** What the form of a criterion says, read; with what can't be read. */
final class CriterionEdit {

    private static final int NUMBER_MAX = 40;

    private final Sheet sheet;
    private final Spot spot;
    private final MultiValueMap<String, String> form;
    private final List<String> faults = new ArrayList<>();
    private final Map<Coding, String> texts = new HashMap<>();

    CriterionEdit(Sheet sheet, Spot spot, MultiValueMap<String, String> form) {
        this.sheet = sheet;
        this.spot = spot;
        this.form = form;
    }

    /** The cohort with the criterion as the form says. {@link #faults} says what could not be read. */
    CohortDocument apply(CohortDocument cohort) {
        Function<Coding, String> display = this::display;
        CohortDocument after = cohort;
        List<Term> terms = terms();
        if (!terms.isEmpty()) {
            after = after.withTerms(spot, terms);
        }
        ValueFilter value = value();
        if (form.containsKey("kind")) {
            after = after.withValue(spot, value, display);
        }
        if (form.containsKey("from")) {
            after = after.withTime(spot, day("from"), day("until"));
        }
        for (AttributeDefinition attribute :
                sheet.definition(spot).map(context -> context.attributes()).orElse(List.of())) {
            AttributeFilter filter = attribute(attribute);
            after = filter == null
                    ? after.withoutAttribute(spot, attribute.coding())
                    : after.withAttribute(spot, filter, display);
        }
        return form.containsKey("atLeast") ? after.withExtension(spot, extension()) : after;
    }

    /** Message keys of what could not be read. */
    List<String> faults() {
        return faults.stream().distinct().toList();
    }

    private List<Term> terms() {
        String context = sheet.context(spot);
        List<Coding> kept = form.getOrDefault("code", List.of()).stream()
                .flatMap(token -> coding(token).stream())
                .toList();
        if (form.containsKey("codes") && kept.isEmpty()) {
            faults.add("workbench.fault.codes");
        }
        return kept.stream()
                .map(coding -> new Term(context, coding, sheet.displays().of(context, coding)))
                .toList();
    }

    private @Nullable ValueFilter value() {
        String kind = text("kind");
        String unit = text("unit").isEmpty() ? null : text("unit");
        return switch (kind) {
            case "", "none" -> null;
            case "concepts" -> concepts("concept", "others");
            case "range" -> {
                BigDecimal minimum = number("minimum");
                BigDecimal maximum = number("maximum");
                if (minimum != null && maximum != null && minimum.compareTo(maximum) > 0) {
                    faults.add("workbench.fault.range");
                }
                yield minimum == null || maximum == null ? null : new ValueFilter.Range(minimum, maximum, unit);
            }
            default -> {
                BigDecimal number = number("number");
                yield number == null ? null : new ValueFilter.Comparison(comparator(kind), number, unit);
            }
        };
    }

    private static ValueFilter.Comparator comparator(String kind) {
        for (ValueFilter.Comparator comparator : ValueFilter.Comparator.values()) {
            if (comparator.name().toLowerCase(Locale.ROOT).equals(kind)) {
                return comparator;
            }
        }
        return ValueFilter.Comparator.GE;
    }

    private @Nullable BigDecimal number(String field) {
        String text = text(field).replace(',', '.');
        try {
            if (!text.isEmpty() && text.length() <= NUMBER_MAX) {
                return new BigDecimal(text);
            }
        } catch (NumberFormatException e) {
            faults.add("workbench.fault.number");
            return null;
        }
        faults.add("workbench.fault.number.missing");
        return null;
    }

    private @Nullable LocalDate day(String field) {
        try {
            return text(field).isEmpty() ? null : LocalDate.parse(text(field));
        } catch (DateTimeException e) {
            faults.add("workbench.fault.day");
            return null;
        }
    }

    private ValueFilter.@Nullable Concepts concepts(String listed, String written) {
        List<Coding> codings = new ArrayList<>();
        form.getOrDefault(listed, List.of()).forEach(token -> coding(token).ifPresent(codings::add));
        text(written).lines().filter(line -> !line.isBlank()).forEach(line -> written(line.strip(), codings));
        if (codings.isEmpty() && listed.equals("concept")) {
            faults.add("workbench.fault.concepts");
        }
        return codings.isEmpty()
                ? null
                : new ValueFilter.Concepts(codings.stream().distinct().toList());
    }

    /** A line {@code system|code text}. */
    private void written(String line, List<Coding> codings) {
        int gap = line.indexOf(' ');
        Optional<Coding> coding = coding(gap < 0 ? line : line.substring(0, gap));
        if (coding.isEmpty()) {
            faults.add("workbench.fault.line");
            return;
        }
        codings.add(coding.get());
        if (gap > 0) {
            texts.put(coding.get(), line.substring(gap + 1).strip());
        }
    }

    private static Optional<Coding> coding(String token) {
        int bar = token.indexOf('|');
        return bar > 0 && bar < token.length() - 1
                ? Optional.of(new Coding(token.substring(0, bar), token.substring(bar + 1)))
                : Optional.empty();
    }

    private @Nullable AttributeFilter attribute(AttributeDefinition attribute) {
        String name = "attribute-" + attribute.coding().code();
        if (attribute.isReference()) {
            List<Criterion> criteria = form.getOrDefault(name, List.of()).stream()
                    .flatMap(choice -> referenced(attribute, choice).stream())
                    .toList();
            return criteria.isEmpty() ? null : new AttributeFilter.OfReference(attribute.coding(), criteria);
        }
        ValueFilter concepts = concepts(name, name + "-others");
        return concepts == null ? null : new AttributeFilter.OfValue(attribute.coding(), concepts);
    }

    private Optional<Criterion> referenced(AttributeDefinition attribute, String choice) {
        if (choice.startsWith(References.KEPT)) {
            return sheet.criterion(spot).stream()
                    .flatMap(criterion -> criterion.attributes().stream())
                    .filter(filter -> filter.attribute().equals(attribute.coding()))
                    .flatMap(filter -> filter instanceof AttributeFilter.OfReference(var _, var criteria)
                            ? criteria.stream().skip(kept(choice)).limit(1)
                            : java.util.stream.Stream.empty())
                    .findFirst();
        }
        return Spots.spot(choice).flatMap(sheet::criterion).map(References::plain);
    }

    private static long kept(String choice) {
        String number = choice.substring(References.KEPT.length());
        return number.matches("\\d{1,4}") ? Long.parseLong(number) : Long.MAX_VALUE;
    }

    private CriterionExtension extension() {
        Integer times = whole("atLeast", 2, CriterionExtension.MAX_TIMES);
        String position = text("position");
        Integer days = whole("days", 0, Within.MAX_DAYS);
        return new CriterionExtension(
                times,
                position.isEmpty() ? null : position.equals("last") ? Position.LAST : Position.FIRST,
                days == null ? null : within(days));
    }

    private @Nullable Within within(int days) {
        Optional<Criterion> other = text("of").startsWith(References.KEPT)
                ? sheet.criterion(spot)
                        .map(criterion -> criterion.extension().within())
                        .map(Within::of)
                : Spots.spot(text("of")).flatMap(sheet::criterion).map(References::plain);
        if (other.isEmpty()) {
            faults.add("workbench.fault.of");
            return null;
        }
        Within.Direction direction =
                switch (text("direction")) {
                    case "before" -> Within.Direction.BEFORE;
                    case "either" -> Within.Direction.EITHER;
                    default -> Within.Direction.AFTER;
                };
        return new Within(days, direction, other.get());
    }

    private @Nullable Integer whole(String field, int least, int most) {
        String text = text(field);
        if (text.isEmpty()) {
            return null;
        }
        int number = text.matches("\\d{1,6}") ? Integer.parseInt(text) : -1;
        if (number < least || number > most) {
            faults.add("workbench.fault." + field);
            return null;
        }
        return number;
    }

    private String display(Coding coding) {
        String written = texts.get(coding);
        return written != null ? written : sheet.displays().of(sheet.context(spot), coding);
    }

    private String text(String field) {
        String text = form.getFirst(field);
        return text == null ? "" : text.strip();
    }
}
