package allmende.engine.search;

import allmende.core.path.Item;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Texts as string parameters compare them: without case, accents, punctuation and the width of blanks. */
final class Texts {

    /** Parts of names and addresses that are no words of theirs. */
    private static final Set<String> NOT_WORDS =
            Set.of("use", "type", "period", "id", "extension", "system", "rank", "code", "reference", "value");

    private Texts() {}

    /** The form that is compared. */
    static String folded(String text) {
        boolean plain = true;
        for (int i = 0; i < text.length() && plain; i++) {
            char c = text.charAt(i);
            plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        }
        return plain ? text : fold(Normalizer.normalize(text, Normalizer.Form.NFKD));
    }

    private static String fold(String decomposed) {
        StringBuilder folded = new StringBuilder(decomposed.length());
        boolean gap = false;
        for (int i = 0; i < decomposed.length(); ) {
            int c = decomposed.codePointAt(i);
            i += Character.charCount(c);
            if (Character.isLetterOrDigit(c)) {
                if (gap && !folded.isEmpty()) {
                    folded.append(' ');
                }
                gap = false;
                folded.append(c == 'ß' ? "ss" : Character.toString(Character.toLowerCase(c)));
            } else if (Character.getType(c) != Character.NON_SPACING_MARK) {
                gap = true;
            }
        }
        return folded.toString().toLowerCase(Locale.ROOT);
    }

    /** The texts in an item: itself, or the parts of a name, an address or another complex value. */
    static List<String> of(Item item) {
        List<String> texts = new ArrayList<>(4);
        switch (item) {
            case Item.Element(JsonNode json, var _, var _) -> add(json, texts);
            case Item.Text(String text) -> texts.add(text);
            case Item.Truth _, Item.Numeric _, Item.When _ -> {}
        }
        return texts;
    }

    private static void add(JsonNode json, List<String> texts) {
        switch (json.getNodeType()) {
            case STRING -> texts.add(json.stringValue());
            case ARRAY -> json.values().forEach(element -> add(element, texts));
            case OBJECT ->
                json.properties().forEach(property -> {
                    if (!NOT_WORDS.contains(property.getKey())
                            && !property.getKey().startsWith("_")) {
                        add(property.getValue(), texts);
                    }
                });
            default -> {}
        }
    }
}
