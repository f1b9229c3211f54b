package allmende.engine.count;

import allmende.core.cohort.AgeWindow;
import allmende.core.cohort.AttributeFilter;
import allmende.core.cohort.Criterion;
import allmende.core.cohort.CriterionExtension;
import allmende.core.cohort.ProblemCode;
import allmende.core.cohort.ValueFilter;
import allmende.core.cohort.Within;
import allmende.core.consent.ConsentRequest;
import allmende.core.fhir.Coding;
import allmende.core.fhir.TimeSpan;
import allmende.core.terminology.ConceptRange;
import allmende.core.terminology.Units;
import allmende.engine.count.CountAnswer.Note;
import allmende.engine.index.FactFilter;
import allmende.engine.index.FactFilter.AttributeTest;
import allmende.engine.index.FactFilter.ValueTest;
import allmende.engine.index.FactPattern;
import allmende.engine.index.IndexSnapshot;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Translates criteria into filters on the rows of one snapshot: codes into intervals of concept numbers, bounds into the
 * units that the data use, ages into dates of birth. Remembers what the asker should know.
 */
final class Filters {

    private final IndexSnapshot snapshot;
    private final Units units;
    private final LocalDate today;
    private final Set<Note> notes = new LinkedHashSet<>();

    Filters(IndexSnapshot snapshot, Units units, LocalDate today) {
        this.snapshot = snapshot;
        this.units = units;
        this.today = today;
    }

    /** Notes on all criteria so far. */
    List<Note> notes() {
        return List.copyOf(notes);
    }

    /** The criterion with what it asks beyond CCDL. */
    FactPattern pattern(Criterion criterion) {
        CriterionExtension extension = criterion.extension();
        Integer atLeast = extension.atLeast();
        Within within = extension.within();
        return new FactPattern(
                of(criterion),
                atLeast == null ? 1 : atLeast,
                extension.position(),
                within == null ? null : new FactPattern.Near(within.days(), within.direction(), of(within.of())));
    }

    private FactFilter of(Criterion criterion) {
        List<ConceptRange> terms = terms(criterion);
        ValueFilter value = criterion.value();
        List<AttributeTest> attributes = new ArrayList<>();
        for (int i = 0; i < criterion.attributes().size(); i++) {
            attributes.add(attribute(criterion, criterion.attributes().get(i), i));
        }
        ValueTest test = value == null
                ? standing(criterion)
                : test(value, criterion.pointer() + "/valueFilter", () -> snapshot.units(criterion.context(), terms));
        return new FactFilter(criterion.context(), terms, test, criterion.time(), attributes);
    }

    /** What somebody permits must stand today; nothing is asked of other criteria. */
    private @Nullable ValueTest standing(Criterion criterion) {
        if (!criterion.context().equals(ConsentRequest.CONTEXT)) {
            return null;
        }
        return ValueTest.Within.standing(today);
    }

    private AttributeTest attribute(Criterion criterion, AttributeFilter filter, int position) {
        String pointer = criterion.pointer() + "/attributeFilters/" + position;
        return switch (filter) {
            case AttributeFilter.OfValue of ->
                new AttributeTest.HasValue(
                        of.attribute(),
                        test(of.filter(), pointer, () -> snapshot.units(criterion.context(), of.attribute())));
            case AttributeFilter.OfReference of ->
                new AttributeTest.PointsTo(
                        of.attribute(), of.criteria().stream().map(this::of).toList());
        };
    }

    /** The intervals of all term codes together, sorted and disjoint. */
    private List<ConceptRange> terms(Criterion criterion) {
        List<ConceptRange> ranges = new ArrayList<>();
        for (int i = 0; i < criterion.termCodes().size(); i++) {
            Coding code = criterion.termCodes().get(i);
            List<ConceptRange> subtree = snapshot.subtree(code);
            if (subtree.isEmpty()) {
                unknown(code, criterion.pointer() + "/termCodes/" + i);
            }
            ranges.addAll(subtree);
        }
        ranges.sort(Comparator.comparingLong(ConceptRange::low));
        List<ConceptRange> joined = new ArrayList<>();
        for (ConceptRange range : ranges) {
            ConceptRange last = joined.isEmpty() ? null : joined.getLast();
            if (last != null && range.low() <= last.high() + 1) {
                joined.removeLast();
                joined.add(new ConceptRange(last.low(), Math.max(last.high(), range.high())));
            } else {
                joined.add(range);
            }
        }
        return joined;
    }

    private void unknown(Coding code, String pointer) {
        notes.add(Note.of(pointer, ProblemCode.CODE_NEVER_MET, code.code(), code.system()));
    }

    /** Gives the units that occur, with how often. */
    private interface UnitsInUse {
        Map<@Nullable String, Long> read();
    }

    private ValueTest test(ValueFilter filter, String pointer, UnitsInUse inUse) {
        return switch (filter) {
            case ValueFilter.Concepts concepts -> new ValueTest.OneOf(numbers(concepts, pointer));
            case ValueFilter.Comparison comparison -> within(filter, comparison.unit(), pointer, inUse);
            case ValueFilter.Range range -> within(filter, range.unit(), pointer, inUse);
        };
    }

    private List<Long> numbers(ValueFilter.Concepts concepts, String pointer) {
        List<Long> numbers = new ArrayList<>();
        for (Coding coding : concepts.concepts()) {
            OptionalLong number = snapshot.concept(coding);
            number.ifPresentOrElse(numbers::add, () -> unknown(coding, pointer));
        }
        return numbers;
    }

    private ValueTest within(ValueFilter filter, @Nullable String unit, String pointer, UnitsInUse inUse) {
        List<TimeSpan> births =
                unit == null || AgeWindow.UNITS.contains(unit) ? AgeWindow.birthWindows(filter, today) : List.of();
        if (unit == null) {
            return new ValueTest.Within(NumberWindows.anyUnit(filter), births);
        }
        List<FactFilter.Window> windows = new ArrayList<>();
        inUse.read().forEach((used, count) -> {
            List<FactFilter.Window> converted = used == null ? List.of() : NumberWindows.inUnit(filter, used, units);
            if (converted.isEmpty()) {
                notes.add(inconvertible(pointer, unit, used, count));
            }
            windows.addAll(converted);
        });
        windows.sort(Comparator.comparing(FactFilter.Window::toString));
        return new ValueTest.Within(windows, births);
    }

    private static Note inconvertible(String pointer, String asked, @Nullable String used, long count) {
        if (used == null) {
            return count == 1
                    ? Note.of(pointer, ProblemCode.VALUE_WITHOUT_UNIT, asked)
                    : Note.of(pointer, ProblemCode.VALUES_WITHOUT_UNIT, count, asked);
        }
        return count == 1
                ? Note.of(pointer, ProblemCode.VALUE_INCONVERTIBLE, used, asked)
                : Note.of(pointer, ProblemCode.VALUES_INCONVERTIBLE, count, used, asked);
    }
}
