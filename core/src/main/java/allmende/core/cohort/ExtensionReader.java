package allmende.core.cohort;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what a criterion asks beyond CCDL. */
final class ExtensionReader {

    /** The property of a criterion that holds its extension. */
    static final String PROPERTY = "allmende";

    private static final Set<String> KEYS = Set.of("atLeast", "position", "within");
    private static final Set<String> WITHIN_KEYS = Set.of("days", "direction", "of");

    private final CriterionReader criteria;
    private final @Nullable ContextDefinition context;

    /**
     * @param criteria reads the criteria that extensions name
     * @param context of the criterion whose extension is read; null where it is not known
     */
    ExtensionReader(CriterionReader criteria, @Nullable ContextDefinition context) {
        this.criteria = criteria;
        this.context = context;
    }

    /**
     * The extension of the criterion; after a complaint, what could be read of it.
     *
     * @param allowed whether a criterion at this place may have one
     */
    CriterionExtension read(Place criterion, boolean allowed) {
        Place place = criterion.at(PROPERTY);
        if (!place.present() || !place.object("The extension")) {
            return CriterionExtension.NONE;
        }
        if (!allowed) {
            place.problem(ProblemCode.NESTED_EXTENSION);
            return CriterionExtension.NONE;
        }
        place.onlyKeys(KEYS);
        return new CriterionExtension(
                atLeast(place.at("atLeast")),
                position(place.at("position"), criterion.at("valueFilter")),
                within(place.at("within")));
    }

    private static @Nullable Integer atLeast(Place place) {
        return place.present() ? place.wholeNumber("The number of times", 2, CriterionExtension.MAX_TIMES) : null;
    }

    private @Nullable Position position(Place place, Place valueFilter) {
        if (!place.present()) {
            return null;
        }
        if (!valueFilter.present()) {
            place.problem(ProblemCode.POSITION_NEEDS_VALUE);
        }
        checkTime(place);
        String name = place.requiredText("The position");
        return switch (name) {
            case "first" -> Position.FIRST;
            case "last" -> Position.LAST;
            default -> {
                if (!name.isEmpty()) {
                    place.problem(ProblemCode.POSITION);
                }
                yield null;
            }
        };
    }

    private @Nullable Within within(Place place) {
        if (!place.present() || !place.object("The time span")) {
            return null;
        }
        place.onlyKeys(WITHIN_KEYS);
        checkTime(place);
        Integer days = place.at("days").wholeNumber("The number of days", 0, Within.MAX_DAYS);
        Within.Direction direction = direction(place.at("direction"));
        Place other = place.at("of");
        Criterion of = criteria.inExtension(other);
        return days == null || direction == null || of == null ? null : new Within(days, direction, of);
    }

    private static Within.@Nullable Direction direction(Place place) {
        String name = place.requiredText("The direction");
        return switch (name) {
            case "before" -> Within.Direction.BEFORE;
            case "after" -> Within.Direction.AFTER;
            case "either" -> Within.Direction.EITHER;
            default -> {
                if (!name.isEmpty()) {
                    place.problem(ProblemCode.DIRECTION);
                }
                yield null;
            }
        };
    }

    private void checkTime(Place place) {
        if (context != null && context.time().isEmpty()) {
            place.problem(ProblemCode.NO_TIME_TO_COMPARE, context.code());
        }
    }
}
