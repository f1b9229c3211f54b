package allmende.core.cohort;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A place in a JSON document that is being read: what stands there, where it is, and the problems met so far. Reading goes
 * on after a problem, so that its author learns of all of them at once.
 *
 * @param node what stands there; null where nothing does (JSON null counts as nothing)
 * @param pointer JSON pointer (RFC 6901) to it
 * @param problems shared by all places of the document
 */
public record Place(@Nullable JsonNode node, String pointer, List<Problem> problems) {

    /** The whole document, whose problems are added to the list. */
    public static Place root(JsonNode document, List<Problem> problems) {
        return new Place(document, "", problems);
    }

    /** Whether anything stands here. */
    public boolean present() {
        return node != null;
    }

    /** Notes what is wrong here, in English only. */
    public void problem(String message) {
        problems.add(new Problem(pointer, message));
    }

    /** Notes what is wrong here. */
    public void problem(ProblemCode code, Object... arguments) {
        problems.add(Problem.of(pointer, code, arguments));
    }

    /** The value of a property; nothing where this is no object. */
    public Place at(String name) {
        JsonNode value = node == null || !node.isObject() ? null : node.get(name);
        String escaped = name.replace("~", "~0").replace("/", "~1");
        return new Place(value == null || value.isNull() ? null : value, pointer + "/" + escaped, problems);
    }

    /** Whether an object stands here; complains if anything else does. */
    public boolean object(String what) {
        if (node != null && node.isObject()) {
            return true;
        }
        problem(node == null ? ProblemCode.MISSING : ProblemCode.NOT_OBJECT, what);
        return false;
    }

    /** The elements of an array; none, and a complaint, where something else stands here. */
    public List<Place> items() {
        List<Place> items = new ArrayList<>();
        if (node != null && node.isArray()) {
            for (int index = 0; index < node.size(); index++) {
                JsonNode item = node.get(index);
                items.add(new Place(item.isNull() ? null : item, pointer + "/" + index, problems));
            }
        } else if (node != null) {
            problem(ProblemCode.NOT_ARRAY);
        }
        return items;
    }

    /** Whether there is no element: nothing stands here, or an empty array. */
    public boolean withoutItems() {
        return node == null || (node.isArray() && node.isEmpty());
    }

    /** The text that stands here; null where nothing does, or, with a complaint, where something else does. */
    public @Nullable String text() {
        if (node == null || node.isString()) {
            return node == null ? null : node.stringValue();
        }
        problem(ProblemCode.NOT_TEXT);
        return null;
    }

    /** The text that stands here; empty, with a complaint, where there is none. */
    public String requiredText(String what) {
        String text = text();
        if (text != null && !text.isBlank()) {
            return text;
        }
        if (node == null || text != null) {
            problem(ProblemCode.MISSING, what);
        }
        return "";
    }

    /** The number that stands here; null, with a complaint, where there is none. */
    public @Nullable BigDecimal requiredNumber(String what) {
        if (node != null && node.isNumber()) {
            return node.decimalValue();
        }
        problem(node == null ? ProblemCode.MISSING : ProblemCode.NOT_NUMBER, what);
        return null;
    }

    /** The whole number that stands here; null, with a complaint, where there is none of the range. */
    @Nullable
    Integer wholeNumber(String what, int least, int most) {
        BigDecimal number = requiredNumber(what);
        if (number == null) {
            return null;
        }
        try {
            int whole = number.intValueExact();
            if (whole >= least && whole <= most) {
                return whole;
            }
        } catch (ArithmeticException notWhole) {
            // complained about below, as numbers out of the range
        }
        problem(ProblemCode.WHOLE_NUMBER, what, least, most);
        return null;
    }

    /** The boolean that stands here; false where nothing does, or, with a complaint, where something else does. */
    public boolean flag() {
        if (node != null && !node.isBoolean()) {
            problem(ProblemCode.NOT_BOOLEAN);
        }
        return node != null && node.isBoolean() && node.booleanValue();
    }

    /** All texts of an array of texts. */
    public List<String> texts() {
        List<String> texts = new ArrayList<>();
        for (Place item : items()) {
            String text = item.requiredText("A text");
            if (!text.isEmpty()) {
                texts.add(text);
            }
        }
        return texts;
    }

    /** Complains about each property of the object that is none of these. */
    public void onlyKeys(Set<String> known) {
        if (node != null && node.isObject()) {
            for (String name : node.propertyNames()) {
                if (!known.contains(name)) {
                    at(name).problem(
                                    ProblemCode.UNKNOWN_KEY,
                                    String.join(", ", known.stream().sorted().toList()));
                }
            }
        }
    }
}
