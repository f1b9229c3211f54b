package allmende.core.view;

import allmende.core.path.Item;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The constants of a view: {@code valueString} and its like, in all types that the definition allows. */
final class Constants {

    private static final String VALUE = "value";

    private Constants() {}

    /** The only value as an item; empty if there is none, or several, or it is no simple value. */
    static Optional<Item> value(JsonNode constant) {
        List<String> values = constant.propertyNames().stream()
                .filter(name -> name.startsWith(VALUE) && name.length() > VALUE.length())
                .toList();
        if (values.size() != 1) {
            return Optional.empty();
        }
        JsonNode value = constant.path(values.getFirst());
        String suffix = values.getFirst().substring(VALUE.length());
        String type = suffix.substring(0, 1).toLowerCase(Locale.ROOT) + suffix.substring(1);
        return value.isValueNode() && !value.isNull()
                ? Optional.of(new Item.Element(value, type, null).value())
                : Optional.empty();
    }
}
