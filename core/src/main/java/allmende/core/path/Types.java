package allmende.core.path;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** {@code ofType}, {@code is} and {@code as} (FHIRPath 2.0, section 6.3), by the types that the data tell. */
final class Types {

    /** What is done with items by their types. */
    enum Test {
        /** Keeps those of the type. */
        OF_TYPE,
        /** Keeps the only item if it is of the type. */
        AS,
        /** Tells whether the only item is. */
        IS
    }

    private Types() {}

    static Op compile(Test test, Op input, String type, int position) {
        if (!TypeNames.isKnown(type)) {
            throw new RefusedException(position, "'" + type + "' is not a type");
        }
        return switch (test) {
            case OF_TYPE -> scope -> kept(input.run(scope), type, position);
            case AS ->
                scope -> {
                    Item item = Items.single(input.run(scope), position);
                    return item != null && is(item, type, position) ? List.of(item) : List.of();
                };
            case IS ->
                scope -> {
                    Item item = Items.single(input.run(scope), position);
                    return item == null ? List.of() : Items.truth(is(item, type, position));
                };
        };
    }

    private static List<Item> kept(List<Item> items, String type, int position) {
        List<Item> kept = new ArrayList<>(items.size());
        for (Item item : items) {
            if (is(item, type, position)) {
                kept.add(item);
            }
        }
        return kept;
    }

    /** The type that an element's data tell, a resource's own or that of a choice; null if they do not. */
    static @Nullable String known(Item item) {
        if (!(item instanceof Item.Element(JsonNode json, String type, var _))) {
            return null;
        }
        return type != null || !json.isObject()
                ? type
                : json.path("resourceType").stringValue(null);
    }

    private static boolean is(Item item, String type, int position) {
        String known = known(item);
        if (known != null) {
            return TypeNames.is(known, type)
                    || (Character.isUpperCase(known.charAt(0))
                            && (type.equals("Resource") || type.equals("DomainResource")));
        }
        return switch (item.value()) {
            case Item.Element element -> {
                if (!element.isComplex() || TypeNames.isPrimitive(type)) {
                    yield false;
                }
                throw new PathFault(position, "the data do not tell whether this element is of the type " + type);
            }
            case Item.Text _ -> TypeNames.isText(type) && isText(item, type, position);
            case Item.Numeric(var _, boolean whole) -> whole ? TypeNames.isWhole(type) : type.equals("decimal");
            case Item.Truth _ -> type.equals("boolean");
            case Item.When(Moment moment) -> type.equals(written(moment));
        };
    }

    /** A text that was worked out is a string; an element of unknown type may be any of the types of texts. */
    private static boolean isText(Item item, String type, int position) {
        if (item instanceof Item.Text || type.equals("string")) {
            return type.equals("string");
        }
        throw new PathFault(position, "the data do not tell whether this element is of the type " + type);
    }

    private static String written(Moment moment) {
        return switch (moment.kind()) {
            case DATE -> "date";
            case DATE_TIME -> "dateTime";
            case TIME -> "time";
        };
    }
}
