package allmende.engine.search;

import java.util.ArrayList;
import java.util.List;

/** The values of parameters as they are written: parts between separators, with escapes (FHIR R4, 3.1.1.4.0.1). */
final class Written {

    private Written() {}

    /** The parts between a separator that is not escaped; escapes stay. */
    static List<String> split(String value, char separator) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\\' && i + 1 < value.length()) {
                part.append(c).append(value.charAt(++i));
            } else if (c == separator) {
                parts.add(part.toString());
                part.setLength(0);
            } else {
                part.append(c);
            }
        }
        parts.add(part.toString());
        return parts;
    }

    /** The text that was meant: without the escapes. */
    static String plain(String part) {
        if (part.indexOf('\\') < 0) {
            return part;
        }
        StringBuilder plain = new StringBuilder(part.length());
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            boolean escape = c == '\\' && i + 1 < part.length() && "\\,|$".indexOf(part.charAt(i + 1)) >= 0;
            plain.append(escape ? part.charAt(++i) : c);
        }
        return plain.toString();
    }
}
