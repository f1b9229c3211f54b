package allmende.hapi;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Takes a resource's values out of the validator's sentences, which are kept and shown: what stands in quotation marks
 * unless it is an address of a definition or the name of an element, and every value of the resource wherever it stands.
 */
final class Masking {

    private static final String MASK = "…";

    /** Elements whose values name definitions and never a person. */
    private static final Set<String> PUBLIC =
            Set.of("resourceType", "system", "profile", "url", "use", "status", "type", "reference.type", "mode");

    private static final Pattern QUOTED = Pattern.compile("'([^']*)'|\"([^\"]*)\"|‘([^’]*)’|“([^”]*)”");
    private static final Pattern ELEMENT = Pattern.compile("[A-Za-z:@$._\\[\\]()-]{0,80}([\\[(]\\d{1,3}[\\])])?");
    private static final Pattern DEFINITION = Pattern.compile("(https?://|urn:oid:)[^\\s?]{1,300}");
    private static final Pattern WORD = Pattern.compile("[^\\s'\"(),;=]+");
    private static final Pattern NUMBER = Pattern.compile("(?<![\\w./|-])\\d[\\d.:T+-]{3,}(?![\\w/])");
    private static final int MESSAGE_MAX = 400;
    private static final int SHORT = 2;

    private final Set<String> secrets = new HashSet<>();

    Masking(JsonNode resource) {
        collect(resource, "");
    }

    private void collect(JsonNode node, String name) {
        if (node.isObject()) {
            node.properties().forEach(entry -> collect(entry.getValue(), entry.getKey()));
        } else if (node.isArray()) {
            node.forEach(one -> collect(one, name));
        } else if (!PUBLIC.contains(name) && !node.isBoolean() && !node.isNull()) {
            String value = node.asString("");
            secrets.add(value);
            for (String part : value.split("[\\s/#|,;:]+")) {
                if (part.length() > SHORT) {
                    secrets.add(part);
                }
            }
        }
    }

    /** The sentence without values, at most 400 characters. */
    String mask(String message) {
        StringBuilder out = new StringBuilder();
        Matcher quoted = QUOTED.matcher(message);
        int from = 0;
        while (quoted.find()) {
            out.append(words(message.substring(from, quoted.start())));
            String inside = quoted.group().substring(1, quoted.group().length() - 1);
            char open = quoted.group().charAt(0);
            char close = quoted.group().charAt(quoted.group().length() - 1);
            out.append(open).append(isPublic(inside) ? inside : MASK).append(close);
            from = quoted.end();
        }
        out.append(words(message.substring(from)));
        return out.length() <= MESSAGE_MAX ? out.toString() : out.substring(0, MESSAGE_MAX - 1) + MASK;
    }

    private boolean isPublic(String quoted) {
        return !secrets.contains(quoted)
                && (ELEMENT.matcher(quoted).matches()
                        || DEFINITION.matcher(quoted).matches());
    }

    private String words(String text) {
        StringBuilder out = new StringBuilder();
        Matcher word = WORD.matcher(text);
        int from = 0;
        while (word.find()) {
            out.append(text, from, word.start()).append(word(word.group()));
            from = word.end();
        }
        return NUMBER.matcher(out.append(text, from, text.length())).replaceAll(MASK);
    }

    private String word(String word) {
        String bare = word.replaceAll("[.:!?]+$", "");
        int fragment = bare.indexOf('#');
        if (fragment > 0 && DEFINITION.matcher(bare).matches()) {
            return bare.substring(0, fragment + 1) + MASK;
        }
        return bare.length() > SHORT && secrets.contains(bare) ? MASK : word;
    }
}
