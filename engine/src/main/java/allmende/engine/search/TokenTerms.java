package allmende.engine.search;

import allmende.core.path.Item;
import allmende.core.terminology.Terminology;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Tokens as terms of the index. Each is found by its code alone, by system and code, by its system, and, where it has no
 * system, by that fact together with the code. Systems are told by their present URI, whichever the data or the query
 * uses.
 */
final class TokenTerms {

    private static final char CODE = 'c';
    private static final char FULL = 'f';
    private static final char SYSTEM = 's';
    private static final char BARE = 'n';

    private TokenTerms() {}

    /** A coded value: of a Coding, an Identifier, a ContactPoint, or a plain one. */
    record Token(@Nullable String system, @Nullable String code) {

        /** The terms it is found by. */
        List<String> terms() {
            List<String> terms = new ArrayList<>(3);
            if (code != null) {
                terms.add(byCode(code));
                terms.add(system == null ? bare(code) : full(system, code));
            }
            if (system != null) {
                terms.add(bySystem(system));
            }
            return terms;
        }
    }

    static String byCode(String code) {
        return CODE + code;
    }

    static String full(String system, String code) {
        return FULL + Terminology.canonical(system) + "|" + code;
    }

    static String bySystem(String system) {
        return SYSTEM + Terminology.canonical(system);
    }

    static String bare(String code) {
        return BARE + code;
    }

    /** The code that a term stands for, null where the term is of another form: what tokens are sorted by. */
    static boolean isByCode(String term) {
        return term.charAt(0) == CODE;
    }

    /** The coded values in an item: the codings of a CodeableConcept, the value of an Identifier, a plain code. */
    static List<Token> of(Item item) {
        return of(item, null);
    }

    /** The same; plain codes belong to the system that the element's definition names, null for none. */
    static List<Token> of(Item item, @Nullable String system) {
        List<Token> tokens = new ArrayList<>(2);
        switch (item) {
            case Item.Element(JsonNode json, var _, var _) -> add(json, system, tokens);
            case Item.Text(String text) -> tokens.add(new Token(null, text));
            case Item.Truth(boolean truth) -> tokens.add(new Token(null, Boolean.toString(truth)));
            case Item.Numeric(var number, var _) -> tokens.add(new Token(null, number.toPlainString()));
            case Item.When _ -> {}
        }
        return tokens;
    }

    private static void add(JsonNode json, @Nullable String implied, List<Token> tokens) {
        if (json.isString()) {
            tokens.add(new Token(implied, json.stringValue()));
        } else if (json.isBoolean() || json.isNumber()) {
            tokens.add(new Token(null, json.asString()));
        } else if (json.isObject()) {
            JsonNode codings = json.get("coding");
            if (codings != null) {
                codings.values().forEach(coding -> add(coding, null, tokens));
                return;
            }
            String code = text(json, json.has("value") ? "value" : "code");
            String system = text(json, "system");
            if (code != null || system != null) {
                tokens.add(new Token(system, code));
            }
        }
    }

    /** The texts beside coded values: what {@code :text} looks in. */
    static List<String> texts(Item item) {
        List<String> texts = new ArrayList<>(2);
        if (item instanceof Item.Element(JsonNode json, var _, var _) && json.isObject()) {
            addText(json, "text", texts);
            addText(json, "display", texts);
            json.path("coding").values().forEach(coding -> addText(coding, "display", texts));
            addText(json.path("type"), "text", texts);
        }
        return texts;
    }

    private static void addText(JsonNode json, String name, List<String> texts) {
        String text = text(json, name);
        if (text != null) {
            texts.add(text);
        }
    }

    /** An identifier by its type and value, as {@code :of-type} asks: {@code system|code|value}. */
    static List<String> ofType(Item item) {
        List<String> terms = new ArrayList<>(1);
        if (item instanceof Item.Element(JsonNode json, var _, var _) && json.isObject()) {
            String value = text(json, "value");
            if (value != null) {
                for (JsonNode coding : json.path("type").path("coding").values()) {
                    terms.add(text(coding, "system") + "|" + text(coding, "code") + "|" + value);
                }
            }
        }
        return terms;
    }

    private static @Nullable String text(JsonNode json, String name) {
        JsonNode value = json.get(name);
        return value != null && value.isString() && !value.stringValue().isEmpty() ? value.stringValue() : null;
    }
}
