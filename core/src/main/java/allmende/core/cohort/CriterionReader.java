package allmende.core.cohort;

import allmende.core.cohort.ContextDefinition.AttributeDefinition;
import allmende.core.cohort.ContextDefinition.ValueKind;
import allmende.core.fhir.Coding;
import allmende.core.fhir.TimeSpan;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the criteria of one document and keeps count of them. */
final class CriterionReader {

    /**
     * Where a criterion stands.
     *
     * @param targets the contexts that it may have; empty for any
     * @param references whether it may have reference filters
     * @param extension whether it may ask for something beyond CCDL
     * @param timed whether its context must have a time
     */
    private record Standing(List<String> targets, boolean references, boolean extension, boolean timed) {
        static final Standing IN_GROUP = new Standing(List.of(), true, true, false);
        static final Standing IN_EXTENSION = new Standing(List.of(), true, false, true);

        static Standing inReference(AttributeDefinition attribute) {
            return new Standing(attribute.targets(), false, false, false);
        }
    }

    private static final int MINUTES_PER_DAY = 1440;
    private static final Pattern FULL_DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    private static final String UNKNOWN_CONTEXT = "";

    private final Catalogue catalogue;
    private final FilterReader filters = new FilterReader();
    private int criteria;

    CriterionReader(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** Whether the document has reached a limit; complains at the place if so. */
    boolean full(Place place) {
        if (criteria >= CcdlReader.MAX_CRITERIA) {
            place.problem(ProblemCode.TOO_MANY_CRITERIA, CcdlReader.MAX_CRITERIA);
            return true;
        }
        return filters.full(place);
    }

    /** The criterion at the place; after a complaint, what could be read of it. */
    Criterion read(Place place) {
        return read(place, Standing.IN_GROUP);
    }

    /** The criterion that an extension names; null, with a complaint, where the document has reached a limit. */
    @Nullable
    Criterion inExtension(Place place) {
        return full(place) ? null : read(place, Standing.IN_EXTENSION);
    }

    private Criterion read(Place place, Standing standing) {
        criteria++;
        if (!place.object("The criterion")) {
            return unreadable(place);
        }
        if (place.node() != null && place.node().isEmpty()) {
            place.problem(ProblemCode.EMPTY_CRITERION);
            return unreadable(place);
        }
        List<Place> termPlaces = termPlaces(place);
        List<Coding> terms = filters.codings(termPlaces);
        ContextDefinition context = context(place, terms);
        List<String> targets = standing.targets();
        if (context != null && !targets.isEmpty() && !targets.contains(context.code())) {
            place.at("context").problem(ProblemCode.WRONG_TARGET, String.join(", ", targets));
        }
        if (context != null) {
            checkTerms(context, terms, termPlaces);
        }
        if (context != null && standing.timed() && context.time().isEmpty()) {
            place.at("context").problem(ProblemCode.NO_TIME_TO_COMPARE, context.code());
        }
        return new Criterion(
                context == null ? UNKNOWN_CONTEXT : context.code(),
                terms,
                display(termPlaces, terms),
                value(place, context, terms),
                attributes(place.at("attributeFilters"), context, standing.references()),
                time(place.at("timeRestriction"), context),
                new ExtensionReader(this, context).read(place, standing.extension()),
                place.pointer());
    }

    private static Criterion unreadable(Place place) {
        return new Criterion(
                UNKNOWN_CONTEXT, List.of(), "", null, List.of(), null, CriterionExtension.NONE, place.pointer());
    }

    private static List<Place> termPlaces(Place place) {
        Place several = place.at("termCodes");
        Place one = place.at("termCode");
        if (several.present() && one.present()) {
            one.problem(ProblemCode.BOTH_TERM_FORMS);
        }
        if (!several.present() && one.present()) {
            return List.of(one);
        }
        List<Place> places = several.items();
        if (several.withoutItems()) {
            several.problem(ProblemCode.NO_TERMS);
        }
        return places;
    }

    private static String display(List<Place> places, List<Coding> terms) {
        String display =
                places.isEmpty() ? null : places.getFirst().at("display").text();
        if (display != null && !display.isBlank()) {
            return display;
        }
        return terms.isEmpty() ? "" : terms.getFirst().code();
    }

    private @Nullable ContextDefinition context(Place criterion, List<Coding> terms) {
        Place place = criterion.at("context");
        if (!place.present()) {
            return derivedContext(place, terms);
        }
        if (!place.object("The context")) {
            return null;
        }
        String system = place.at("system").requiredText("The context's system");
        String code = place.at("code").requiredText("The context's code");
        if (!system.isEmpty() && !system.equals(Catalogue.CONTEXT_SYSTEM)) {
            place.at("system").problem(ProblemCode.CONTEXT_SYSTEM, Catalogue.CONTEXT_SYSTEM);
            return null;
        }
        Optional<ContextDefinition> context = catalogue.context(code);
        if (context.isEmpty() && !code.isEmpty()) {
            place.at("code").problem(ProblemCode.UNKNOWN_CONTEXT, code);
        }
        return context.orElse(null);
    }

    /** Queries older than Structured Query 3 have no contexts: the catalogue says what their codes mean. */
    private @Nullable ContextDefinition derivedContext(Place place, List<Coding> terms) {
        ContextDefinition found = null;
        for (Coding term : terms) {
            ContextDefinition context = catalogue.defaultContext(term);
            if (context == null) {
                place.problem(ProblemCode.CONTEXT_UNCLEAR, term.system());
                return null;
            }
            if (found != null && !found.code().equals(context.code())) {
                place.problem(ProblemCode.CONTEXTS_DIFFER, found.code(), context.code());
                return null;
            }
            found = context;
        }
        return found;
    }

    private static void checkTerms(ContextDefinition context, List<Coding> terms, List<Place> places) {
        for (int index = 0; index < terms.size(); index++) {
            if (!TermRules.canMeet(context, terms.get(index))) {
                places.get(index).problem(ProblemCode.UNKNOWN_TERM, context.code(), TermRules.known(context));
            }
        }
    }

    private @Nullable ValueFilter value(Place criterion, @Nullable ContextDefinition context, List<Coding> terms) {
        Place place = criterion.at("valueFilter");
        if (context == null || terms.isEmpty()) {
            return place.present() ? filters.read(place, EnumSet.allOf(ValueKind.class)) : null;
        }
        if (!place.present()) {
            terms.stream()
                    .filter(term -> TermRules.valueRequired(context, term))
                    .findFirst()
                    .ifPresent(term -> place.problem(ProblemCode.VALUE_NEEDED, context.code(), term.code()));
            return null;
        }
        Set<ValueKind> kinds = TermRules.valueKinds(context, terms);
        if (kinds.isEmpty()) {
            place.problem(ProblemCode.NO_VALUE, context.code());
            return null;
        }
        return filters.read(place, kinds);
    }

    private List<AttributeFilter> attributes(Place list, @Nullable ContextDefinition context, boolean references) {
        List<AttributeFilter> read = new ArrayList<>();
        for (Place place : list.items()) {
            if (!place.object("The attribute filter")) {
                continue;
            }
            boolean byReference = "reference".equals(place.at("type").text());
            if (!references && byReference) {
                place.problem(ProblemCode.NESTED_REFERENCE);
                continue;
            }
            Place code = place.at("attributeCode");
            if (!code.object("The attribute's code") || context == null) {
                continue;
            }
            Coding coding = filters.coding(code);
            AttributeDefinition attribute = coding == null ? null : attribute(context, coding);
            if (attribute != null) {
                AttributeFilter filter = attribute(place, attribute, byReference);
                if (filter != null) {
                    read.add(filter);
                }
            } else if (coding != null) {
                unknownAttribute(code, context, coding.code());
            }
        }
        return read;
    }

    private static @Nullable AttributeDefinition attribute(ContextDefinition context, Coding coding) {
        return context.attributes().stream()
                .filter(attribute -> attribute.coding().equals(coding)
                        || attribute.coding().code().equals(coding.code())
                        || attribute.aliases().contains(coding.code()))
                .findFirst()
                .orElse(null);
    }

    private static void unknownAttribute(Place place, ContextDefinition context, String code) {
        List<String> known = context.attributes().stream()
                .map(attribute -> attribute.coding().code())
                .toList();
        if (known.isEmpty()) {
            place.problem(ProblemCode.NO_ATTRIBUTES, context.code(), code);
        } else {
            place.problem(ProblemCode.UNKNOWN_ATTRIBUTE, context.code(), code, String.join(", ", known));
        }
    }

    private @Nullable AttributeFilter attribute(Place place, AttributeDefinition attribute, boolean byReference) {
        if (attribute.isReference() != byReference) {
            place.at("type")
                    .problem(
                            attribute.isReference()
                                    ? ProblemCode.ATTRIBUTE_REFERS
                                    : ProblemCode.ATTRIBUTE_DOES_NOT_REFER);
            return null;
        }
        if (!byReference) {
            ValueFilter filter = filters.read(place, TermRules.kinds(attribute.values()));
            return filter == null ? null : new AttributeFilter.OfValue(attribute.coding(), filter);
        }
        return new AttributeFilter.OfReference(attribute.coding(), referenced(place.at("criteria"), attribute));
    }

    private List<Criterion> referenced(Place list, AttributeDefinition attribute) {
        List<Place> places = list.items();
        if (list.withoutItems()) {
            list.problem(ProblemCode.EMPTY_REFERENCE);
        }
        List<Criterion> read = new ArrayList<>();
        for (Place place : places) {
            if (full(list)) {
                break;
            }
            read.add(read(place, Standing.inReference(attribute)));
        }
        return read;
    }

    private static @Nullable TimeSpan time(Place place, @Nullable ContextDefinition context) {
        if (!place.present() || !place.object("The time restriction")) {
            return null;
        }
        if (context != null && context.time().isEmpty()) {
            place.problem(ProblemCode.NO_TIME, context.code());
            return null;
        }
        Place after = place.at("afterDate");
        Place before = place.at("beforeDate");
        if (!after.present() && !before.present()) {
            place.problem(ProblemCode.EMPTY_TIME);
            return null;
        }
        LocalDate first = date(after);
        LocalDate last = date(before);
        if (first != null && last != null && last.isBefore(first)) {
            place.problem(ProblemCode.TIME_REVERSED);
            return null;
        }
        return new TimeSpan(
                first == null ? TimeSpan.OPEN_START : first.toEpochDay() * MINUTES_PER_DAY,
                last == null ? TimeSpan.OPEN_END : (last.toEpochDay() + 1) * MINUTES_PER_DAY - 1);
    }

    private static @Nullable LocalDate date(Place place) {
        String text = place.text();
        if (text == null) {
            return null;
        }
        try {
            if (FULL_DATE.matcher(text).matches() && !text.startsWith("0000")) {
                return LocalDate.parse(text);
            }
        } catch (DateTimeException noSuchDay) {
            place.problem(ProblemCode.NO_SUCH_DAY);
            return null;
        }
        place.problem(ProblemCode.PARTIAL_DATE);
        return null;
    }
}
