package allmende.engine.index;

import allmende.core.fhir.Coding;
import allmende.core.fhir.TimeSpan;
import allmende.core.terminology.ConceptRange;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which facts to look for; everything must hold on the same resource. Made from a criterion by whoever counts, in
 * numbers of the snapshot that is asked.
 *
 * @param context code of the context
 * @param terms concept intervals, any of which the term lies in
 * @param value what the value must be; null for anything or nothing
 * @param time what the fact's time must overlap; null where not restricted. Facts without a time then never match.
 * @param attributes further conditions, all of which must hold
 */
public record FactFilter(
        String context,
        List<ConceptRange> terms,
        @Nullable ValueTest value,
        @Nullable TimeSpan time,
        List<AttributeTest> attributes) {

    private static final long MINUTES_PER_DAY = 24 * 60;

    public FactFilter {
        terms = List.copyOf(terms);
        attributes = List.copyOf(attributes);
    }

    /** A test on a value. */
    public sealed interface ValueTest {

        /** A coded value with one of these concept numbers; none matches where there is none. */
        record OneOf(List<Long> concepts) implements ValueTest {
            public OneOf {
                concepts = List.copyOf(concepts);
            }
        }

        /**
         * A number in one of the windows, or a birth or the days of a permission that overlap one of the spans; none
         * matches where there is neither.
         */
        record Within(List<Window> windows, List<TimeSpan> births) implements ValueTest {
            public Within {
                windows = List.copyOf(windows);
                births = List.copyOf(births);
            }

            /** Permissions that stand on this day. */
            public static Within standing(LocalDate day) {
                long midnight = day.toEpochDay() * MINUTES_PER_DAY;
                return new Within(List.of(), List.of(new TimeSpan(midnight, midnight + MINUTES_PER_DAY - 1)));
            }
        }
    }

    /**
     * An interval of numbers in one unit.
     *
     * @param unit which unit
     * @param low lower end, {@code -Infinity} where open
     * @param lowInclusive whether {@code low} itself is in it
     * @param high upper end, {@code Infinity} where open
     * @param highInclusive whether {@code high} itself is in it
     */
    public record Window(UnitChoice unit, double low, boolean lowInclusive, double high, boolean highInclusive) {}

    /** A choice of units. */
    public sealed interface UnitChoice {

        /** Whatever the unit, and also without one. */
        record Any() implements UnitChoice {}

        /** Exactly this one, as the data write it; null for numbers without a unit. */
        record Exactly(@Nullable String unit) implements UnitChoice {}
    }

    /** A condition on an attribute of the same resource. */
    public sealed interface AttributeTest {

        /** The attribute has a value that passes. */
        record HasValue(Coding attribute, ValueTest value) implements AttributeTest {}

        /** The attribute points to a resource of the same patient that has any of the facts. */
        record PointsTo(Coding attribute, List<FactFilter> targets) implements AttributeTest {
            public PointsTo {
                targets = List.copyOf(targets);
            }
        }
    }
}
