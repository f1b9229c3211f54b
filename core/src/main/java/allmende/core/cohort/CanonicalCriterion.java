package allmende.core.cohort;

import allmende.core.fhir.Coding;
import allmende.core.fhir.TimeSpan;
import allmende.core.terminology.Terminology;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Names the meaning of a criterion. Texts of others are written with their length, so that none can pose as another. */
final class CanonicalCriterion {

    private static final Coding AGE = new Coding("http://snomed.info/sct", "424144002");

    private CanonicalCriterion() {}

    /** The whole criterion. */
    static String text(Criterion criterion) {
        return rest(criterion) + codes(criterion);
    }

    /** Whether the criterion matches a patient if and only if it does so with one of its codes alone. */
    static boolean divisible(Criterion criterion) {
        CriterionExtension extension = criterion.extension();
        return extension.atLeast() == null && extension.position() == null;
    }

    static boolean asksAge(Criterion criterion) {
        return criterion.termCodes().contains(AGE);
    }

    static SortedSet<String> codes(Criterion criterion) {
        return criterion.termCodes().stream()
                .map(CanonicalCriterion::coding)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** All but the codes. */
    static String rest(Criterion criterion) {
        ValueFilter value = criterion.value();
        SortedSet<String> attributes = criterion.attributes().stream()
                .map(CanonicalCriterion::attribute)
                .collect(Collectors.toCollection(TreeSet::new));
        return "c" + quoted(criterion.context())
                + (value == null ? "" : "v" + value(value))
                + (attributes.isEmpty() ? "" : "a" + attributes)
                + time(criterion.time())
                + extension(criterion.extension());
    }

    private static String attribute(AttributeFilter filter) {
        return switch (filter) {
            case AttributeFilter.OfValue(Coding attribute, ValueFilter value) -> coding(attribute) + value(value);
            case AttributeFilter.OfReference(Coding attribute, List<Criterion> criteria) ->
                coding(attribute) + Literals.anyOf(criteria).text();
        };
    }

    private static String value(ValueFilter filter) {
        return switch (filter) {
            case ValueFilter.Concepts concepts -> "one of" + sorted(concepts.concepts());
            case ValueFilter.Comparison comparison ->
                comparison.comparator() + number(comparison.value()) + unit(comparison.unit());
            case ValueFilter.Range range ->
                number(range.minimum()) + " to" + number(range.maximum()) + unit(range.unit());
        };
    }

    private static SortedSet<String> sorted(Collection<Coding> codings) {
        return codings.stream().map(CanonicalCriterion::coding).collect(Collectors.toCollection(TreeSet::new));
    }

    private static String number(BigDecimal number) {
        return " " + number.stripTrailingZeros();
    }

    private static String unit(@Nullable String unit) {
        return unit == null ? "" : " " + quoted(unit);
    }

    private static String time(@Nullable TimeSpan time) {
        return time == null ? "" : "t" + time.startMinute() + "/" + time.endMinute();
    }

    private static String extension(CriterionExtension extension) {
        Within within = extension.within();
        return (extension.atLeast() == null ? "" : "n" + extension.atLeast())
                + (extension.position() == null ? "" : "p" + extension.position())
                + (within == null ? "" : "w" + within.days() + within.direction() + "(" + text(within.of()) + ")");
    }

    private static String coding(Coding coding) {
        Coding canonical = Terminology.canonical(coding);
        return quoted(canonical.system()) + quoted(canonical.code());
    }

    private static String quoted(String text) {
        return text.length() + ":" + text;
    }
}
