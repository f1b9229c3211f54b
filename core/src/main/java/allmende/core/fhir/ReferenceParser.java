package allmende.core.fhir;

import org.jspecify.annotations.Nullable;

/** Tells the forms of references apart by scanning, since millions are read. */
final class ReferenceParser {

    private static final int MAX_ID = 64;
    private static final String HISTORY = "/_history/";

    private ReferenceParser() {}

    static Reference parse(String literal) {
        if (literal.startsWith("#")) {
            return new Reference.Contained(literal.substring(1));
        }
        if (literal.startsWith("urn:uuid:") || literal.startsWith("urn:oid:")) {
            return new Reference.Bundle(literal);
        }
        ResourceKey key = key(literal, 0);
        if (key != null) {
            return new Reference.Relative(key);
        }
        int query = literal.indexOf('?');
        if (query > 0 && isType(literal, 0, query)) {
            return new Reference.Conditional(literal.substring(0, query), literal.substring(query + 1));
        }
        return literal.contains("://") || literal.startsWith("urn:")
                ? new Reference.Absolute(literal, tail(literal))
                : new Reference.Unintelligible(literal);
    }

    /** The key of {@code Type/id} or {@code Type/id/_history/v} that fills the text from {@code from} on. */
    static @Nullable ResourceKey key(String text, int from) {
        int slash = text.indexOf('/', from);
        if (slash < 0 || !isType(text, from, slash)) {
            return null;
        }
        int history = text.indexOf(HISTORY, slash + 1);
        int end = history < 0 ? text.length() : history;
        boolean legal =
                isId(text, slash + 1, end) && (history < 0 || isId(text, history + HISTORY.length(), text.length()));
        return legal ? new ResourceKey(text.substring(from, slash), text.substring(slash + 1, end)) : null;
    }

    private static @Nullable ResourceKey tail(String url) {
        int history = url.indexOf(HISTORY);
        int end = history < 0 ? url.length() : history;
        int idSlash = url.lastIndexOf('/', end - 1);
        int typeSlash = idSlash <= 0 ? -1 : url.lastIndexOf('/', idSlash - 1);
        return typeSlash < 0 ? null : key(url, typeSlash + 1);
    }

    private static boolean isType(String text, int from, int end) {
        if (end - from < 2 || text.charAt(from) < 'A' || text.charAt(from) > 'Z') {
            return false;
        }
        for (int i = from + 1; i < end; i++) {
            if (!isLetter(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isId(String text, int from, int end) {
        if (end <= from || end - from > MAX_ID) {
            return false;
        }
        for (int i = from; i < end; i++) {
            char c = text.charAt(i);
            if (!isLetter(c) && (c < '0' || c > '9') && c != '-' && c != '.') {
                return false;
            }
        }
        return true;
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
}
