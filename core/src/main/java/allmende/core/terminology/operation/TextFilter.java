package allmende.core.terminology.operation;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Words that a person types to find a concept: each must begin some word of one of its texts, or the code. */
final class TextFilter {

    private final List<String> words;
    private final String code;

    TextFilter(String typed) {
        words = List.of(plain(typed).split(" ")).stream()
                .filter(word -> !word.isEmpty())
                .toList();
        code = typed.strip().toLowerCase(Locale.ROOT);
    }

    boolean matches(ConceptTable table, int concept) {
        if (matchesCode(table.code(concept)) || matchesText(table.display(concept))) {
            return true;
        }
        return table.designations(concept).stream().anyMatch(each -> matchesText(each.text()));
    }

    boolean matches(String listedCode, String display) {
        return matchesCode(listedCode) || matchesText(display);
    }

    private boolean matchesCode(String other) {
        return other.toLowerCase(Locale.ROOT).startsWith(code);
    }

    private boolean matchesText(String text) {
        if (words.isEmpty()) {
            return true;
        }
        String padded = " " + plain(text);
        List<String> missing = new ArrayList<>(words);
        missing.removeIf(word -> padded.contains(" " + word));
        return missing.isEmpty();
    }

    /** Lower case, without accents, one blank for whatever is no letter or figure. */
    static String plain(String text) {
        String base = ascii(text) ? text : Normalizer.normalize(text, Normalizer.Form.NFD);
        StringBuilder plain = new StringBuilder(base.length());
        for (int at = 0; at < base.length(); at++) {
            char c = base.charAt(at);
            if (Character.isLetterOrDigit(c)) {
                plain.append(Character.toLowerCase(c));
            } else if (Character.getType(c) != Character.NON_SPACING_MARK
                    && !plain.isEmpty()
                    && plain.charAt(plain.length() - 1) != ' ') {
                plain.append(' ');
            }
        }
        return plain.toString().strip();
    }

    private static boolean ascii(String text) {
        for (int at = 0; at < text.length(); at++) {
            if (text.charAt(at) > 127) {
                return false;
            }
        }
        return true;
    }
}
