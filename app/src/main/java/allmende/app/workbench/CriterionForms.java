package allmende.app.workbench;

import allmende.app.portal.Publications;
import allmende.app.workbench.CriterionForm.AttributeForm;
import allmende.app.workbench.CriterionForm.Bar;
import allmende.app.workbench.CriterionForm.Choice;
import allmende.app.workbench.CriterionForm.ExtensionForm;
import allmende.app.workbench.CriterionForm.HistogramView;
import allmende.app.workbench.CriterionForm.ValueForm;
import allmende.core.cohort.AttributeFilter;
import allmende.core.cohort.ContextDefinition;
import allmende.core.cohort.ContextDefinition.AttributeDefinition;
import allmende.core.cohort.ContextDefinition.ValueKind;
import allmende.core.cohort.Criterion;
import allmende.core.cohort.CriterionExtension;
import allmende.core.cohort.Feature;
import allmende.core.cohort.TermRules;
import allmende.core.cohort.ValueFilter;
import allmende.core.cohort.Within;
import allmende.core.disclosure.PublishedStatistics;
import allmende.core.document.Spot;
import allmende.core.fhir.Coding;
import allmende.core.fhir.TimeSpan;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Draws the form of a criterion. */
final class CriterionForms {

    private static final long MINUTES_PER_DAY = 1440;
    private static final double FULL = 100;

    private final Publications publications;
    private final Estimates estimates;
    private final KnownValues known;

    CriterionForms(Publications publications, Estimates estimates, KnownValues known) {
        this.publications = publications;
        this.estimates = estimates;
        this.known = known;
    }

    CriterionForm draw(Sheet sheet, Spot spot, Words words) {
        Optional<ContextDefinition> context = sheet.definition(spot);
        Criterion criterion = sheet.criterion(spot).orElse(null);
        TimeSpan time = criterion == null ? null : criterion.time();
        boolean timed = context.filter(each -> !each.time().isEmpty()).isPresent();
        List<Choice> codes = sheet.terms(spot).stream()
                .map(term -> new Choice(
                        token(term), sheet.displays().of(sheet.context(spot), term) + " (" + term.code() + ")", true))
                .toList();
        return new CriterionForm(
                Spots.name(spot),
                EditorViews.title(sheet, spot),
                sheet.contextTitle(spot, words.locale()),
                codes,
                context.map(each -> value(sheet, spot, each, words)).orElse(null),
                timed,
                time == null || time.startMinute() == TimeSpan.OPEN_START ? "" : day(time.startMinute()),
                time == null || time.endMinute() == TimeSpan.OPEN_END ? "" : day(time.endMinute()),
                context.map(each -> attributes(sheet, spot, each, words)).orElse(List.of()),
                timed ? extension(sheet, spot, words) : null);
    }

    static String token(Coding coding) {
        return coding.system() + "|" + coding.code();
    }

    private static String day(long minute) {
        return LocalDate.ofEpochDay(Math.floorDiv(minute, MINUTES_PER_DAY)).toString();
    }

    private @Nullable ValueForm value(Sheet sheet, Spot spot, ContextDefinition context, Words words) {
        List<Coding> terms = sheet.terms(spot);
        Set<ValueKind> kinds = TermRules.valueKinds(context, terms);
        if (kinds.isEmpty()) {
            return null;
        }
        ValueFilter filter = sheet.criterion(spot).map(Criterion::value).orElse(null);
        Chosen chosen = Chosen.of(filter);
        boolean required = terms.stream().anyMatch(term -> TermRules.valueRequired(context, term));
        boolean age = kinds.contains(ValueKind.AGE);
        boolean numbers = age || kinds.contains(ValueKind.QUANTITY);
        boolean concepts = kinds.contains(ValueKind.CONCEPT);
        String fallback = required ? (age ? "ge" : "concepts") : "none";
        List<HistogramView> histograms = numbers && !age ? histograms(context.code(), terms, words) : List.of();
        List<String> known = known(age, histograms, chosen.unit());
        String unit = filter == null && !known.isEmpty() ? known.getFirst() : chosen.unit();
        FilterTexts texts = new FilterTexts(sheet.catalogue(), words, sheet.displays()::of);
        List<Choice> listed = concepts ? listed(context.code(), terms, chosen.concepts(), words.locale()) : List.of();
        return new ValueForm(
                required,
                numbers,
                age,
                concepts,
                filter == null ? fallback : chosen.kind(),
                chosen.number(),
                chosen.minimum(),
                chosen.maximum(),
                unit,
                known.stream()
                        .map(each -> new Choice(each, texts.unit(each), each.equals(unit)))
                        .toList(),
                listed,
                others(sheet, context.code(), chosen.concepts(), listed),
                histograms);
    }

    private static List<String> known(boolean age, List<HistogramView> histograms, String chosen) {
        Set<String> units = new TreeSet<>();
        if (!chosen.isEmpty()) {
            units.add(chosen);
        }
        histograms.forEach(histogram -> units.add(histogram.unit()));
        return age ? List.of("a", "mo") : List.copyOf(units);
    }

    private List<Choice> listed(String context, List<Coding> terms, List<Coding> chosen, Locale locale) {
        String name = terms.isEmpty() ? "" : terms.getFirst().code();
        return known.of(context, name).stream()
                .map(each -> new Choice(token(each.coding()), each.text(locale), chosen.contains(each.coding())))
                .toList();
    }

    private static String others(Sheet sheet, String context, List<Coding> chosen, List<Choice> listed) {
        return chosen.stream()
                .filter(coding -> listed.stream().noneMatch(each -> each.value().equals(token(coding))))
                .map(coding -> token(coding) + " " + sheet.displays().of(context, coding))
                .collect(Collectors.joining("\n"));
    }

    /** What a value filter has, as texts for fields. */
    private record Chosen(
            String kind, String number, String minimum, String maximum, String unit, List<Coding> concepts) {

        static Chosen of(@Nullable ValueFilter filter) {
            return switch (filter) {
                case null -> new Chosen("none", "", "", "", "", List.of());
                case ValueFilter.Concepts(var concepts) -> new Chosen("concepts", "", "", "", "", concepts);
                case ValueFilter.Comparison(var comparator, var value, var unit) ->
                    new Chosen(
                            comparator.name().toLowerCase(Locale.ROOT),
                            value.toPlainString(),
                            "",
                            "",
                            unit == null ? "" : unit,
                            List.of());
                case ValueFilter.Range(var minimum, var maximum, var unit) ->
                    new Chosen(
                            "range",
                            "",
                            minimum.toPlainString(),
                            maximum.toPlainString(),
                            unit == null ? "" : unit,
                            List.of());
            };
        }
    }

    /** Of each unit the histogram of the site with most patients: sites choose their bins themselves. */
    private List<HistogramView> histograms(String context, List<Coding> terms, Words words) {
        Map<String, PublishedStatistics.Histogram> largest = new TreeMap<>();
        for (PublishedStatistics site : publications.newest().values()) {
            PublishedStatistics.Context found = site.contexts().get(context);
            for (Coding term : terms) {
                PublishedStatistics.Concept concept =
                        found == null ? null : found.concepts().get(term);
                for (PublishedStatistics.Histogram each :
                        concept == null ? List.<PublishedStatistics.Histogram>of() : concept.histograms()) {
                    largest.merge(each.unit(), each, (one, two) -> sum(one) >= sum(two) ? one : two);
                }
            }
        }
        return largest.values().stream().map(each -> histogram(each, words)).toList();
    }

    private static long sum(PublishedStatistics.Histogram histogram) {
        return histogram.patients().stream().mapToLong(Integer::longValue).sum();
    }

    private static HistogramView histogram(PublishedStatistics.Histogram histogram, Words words) {
        int bins = histogram.patients().size();
        int highest =
                histogram.patients().stream().mapToInt(Integer::intValue).max().orElse(0);
        List<Bar> bars = new ArrayList<>();
        for (int bin = 0; bin < bins; bin++) {
            int patients = histogram.patients().get(bin);
            double height = highest == 0 ? 0 : FULL * patients / highest;
            bars.add(new Bar(
                    words.decimal(histogram.bounds().get(bin)) + "–"
                            + words.decimal(histogram.bounds().get(bin + 1)),
                    words.number(patients),
                    figure(FULL * bin / bins),
                    figure(FULL - height),
                    figure(FULL / bins),
                    figure(height)));
        }
        String unit = histogram.unit().isEmpty() ? "" : " " + histogram.unit();
        return new HistogramView(
                histogram.unit(),
                words.decimal(histogram.bounds().getFirst()) + unit,
                words.decimal(histogram.bounds().getLast()) + unit,
                bars);
    }

    private static String figure(double number) {
        return String.format(Locale.ROOT, "%.2f", number);
    }

    private List<AttributeForm> attributes(Sheet sheet, Spot spot, ContextDefinition context, Words words) {
        List<AttributeFilter> filters =
                sheet.criterion(spot).map(Criterion::attributes).orElse(List.of());
        return context.attributes().stream()
                .map(attribute -> attribute(sheet, spot, attribute, filters, words))
                .toList();
    }

    private AttributeForm attribute(
            Sheet sheet, Spot spot, AttributeDefinition attribute, List<AttributeFilter> filters, Words words) {
        AttributeFilter filter = filters.stream()
                .filter(each -> each.attribute().equals(attribute.coding()))
                .findFirst()
                .orElse(null);
        List<Coding> chosen = filter instanceof AttributeFilter.OfValue(var _, ValueFilter.Concepts(var concepts))
                ? concepts
                : List.of();
        List<Choice> listed = attribute.isReference()
                ? References.choices(sheet, spot, attribute, filter, words)
                : known.of(sheet.context(spot), attribute.coding().code()).stream()
                        .map(each -> new Choice(
                                token(each.coding()), each.text(words.locale()), chosen.contains(each.coding())))
                        .toList();
        return new AttributeForm(
                attribute.coding().code(),
                Sheet.title(attribute.titles(), words.locale()),
                attribute.isReference(),
                listed,
                others(sheet, sheet.context(spot), chosen, listed));
    }

    private ExtensionForm extension(Sheet sheet, Spot spot, Words words) {
        CriterionExtension extension =
                sheet.criterion(spot).map(Criterion::extension).orElse(CriterionExtension.NONE);
        Within within = extension.within();
        return new ExtensionForm(
                extension.atLeast() == null ? "" : extension.atLeast().toString(),
                extension.position() == null ? "" : extension.position().name().toLowerCase(Locale.ROOT),
                sheet.definition(spot)
                        .map(context -> !TermRules.valueKinds(context, sheet.terms(spot))
                                .isEmpty())
                        .orElse(false),
                within == null ? "" : Integer.toString(within.days()),
                within == null ? "after" : within.direction().name().toLowerCase(Locale.ROOT),
                References.timed(sheet, spot, within, words),
                understood(words));
    }

    /** A clear word on which sites understand the extensions. */
    private String understood(Words words) {
        Map<String, String> names = estimates.names();
        Set<String> without = new TreeSet<>();
        publications.newest().forEach((site, statistics) -> {
            boolean all = java.util.Arrays.stream(Feature.values())
                    .allMatch(feature -> statistics.features().contains(feature.name()));
            if (!all) {
                without.add(names.getOrDefault(site, site));
            }
        });
        if (publications.newest().isEmpty()) {
            return words.say("workbench.extension.unknown");
        }
        return without.isEmpty()
                ? words.say("workbench.extension.all")
                : words.say("workbench.extension.without", String.join(", ", without));
    }
}
