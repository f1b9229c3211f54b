package allmende.engine.search;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The expressions of search parameters, brought into one form. Definitions write the same in several ways ({@code as} in
 * three forms), name the types of several resources in one expression, and test what references resolve to, which is told
 * by the reference itself here.
 */
final class Expressions {

    private static final Pattern AS_OPERATOR = Pattern.compile("\\(\\s*([^()|]+?)\\s+as\\s+([A-Za-z]+)\\s*\\)");
    private static final Pattern AS_TAIL = Pattern.compile("^(.+?)\\s+as\\s+([A-Za-z]+)$");
    private static final Pattern AS_FUNCTION = Pattern.compile("\\.as\\(\\s*([A-Za-z]+)\\s*\\)");
    private static final Pattern RESOLVES = Pattern.compile(
            "\\.where\\(\\s*(resolve\\(\\)\\s+is\\s+[A-Za-z]+(?:\\s+or\\s+resolve\\(\\)\\s+is\\s+[A-Za-z]+)*)\\s*\\)");

    private static final Pattern IS = Pattern.compile("is\\s+([A-Za-z]+)");

    /** What has no values that a search could compare. */
    private static final String NOT_SEARCHABLE = "ofType(SampledData)";

    private Expressions() {}

    /**
     * One alternative of an expression.
     *
     * @param path FHIRPath
     * @param targets types that references must lead to; empty for any
     */
    record Part(String path, Set<String> targets) {}

    /** The alternatives that concern a type, in order. */
    static List<Part> parts(String expression, String type) {
        List<Part> parts = new ArrayList<>();
        for (String alternative : split(expression)) {
            Part part = part(alternative);
            if (concerns(part.path(), type) && !part.path().endsWith(NOT_SEARCHABLE)) {
                parts.add(part);
            }
        }
        return List.copyOf(new LinkedHashSet<>(parts));
    }

    private static Part part(String alternative) {
        String path = unwrapped(alternative.strip());
        Matcher tail = AS_TAIL.matcher(path);
        if (tail.matches()) {
            path = tail.group(1) + ".ofType(" + typeName(tail.group(2)) + ")";
        }
        path = AS_OPERATOR.matcher(path).replaceAll(found -> ofType(found.group(1), found.group(2)));
        path = AS_FUNCTION.matcher(path).replaceAll(found -> ".ofType(" + typeName(found.group(1)) + ")");
        Matcher resolves = RESOLVES.matcher(path);
        if (!resolves.find()) {
            return new Part(path, Set.of());
        }
        Set<String> targets = IS.matcher(resolves.group(1))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
        return new Part(resolves.replaceAll(""), targets);
    }

    private static String ofType(String path, String type) {
        return Matcher.quoteReplacement(path.strip() + ".ofType(" + typeName(type) + ")");
    }

    private static String typeName(String written) {
        return switch (written) {
            case "DateTime" -> "dateTime";
            case "Date" -> "date";
            case "String" -> "string";
            case "Uri" -> "uri";
            default -> written;
        };
    }

    private static boolean concerns(String path, String type) {
        int end = 0;
        while (end < path.length() && Character.isLetter(path.charAt(end))) {
            end++;
        }
        String first = path.substring(0, end);
        boolean namesType = !first.isEmpty() && Character.isUpperCase(first.charAt(0));
        return !namesType || first.equals(type) || first.equals("Resource") || first.equals("DomainResource");
    }

    /** Without parentheses around the whole. */
    private static String unwrapped(String path) {
        if (!path.startsWith("(") || !path.endsWith(")")) {
            return path;
        }
        int depth = 0;
        for (int i = 0; i < path.length(); i++) {
            depth += path.charAt(i) == '(' ? 1 : path.charAt(i) == ')' ? -1 : 0;
            if (depth == 0 && i < path.length() - 1) {
                return path;
            }
        }
        return unwrapped(path.substring(1, path.length() - 1).strip());
    }

    /** The alternatives of a union, outside parentheses and texts. */
    static List<String> split(String expression) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        boolean quoted = false;
        int start = 0;
        for (int i = 0; i < expression.length(); i++) {
            char c = expression.charAt(i);
            quoted ^= c == '\'';
            depth += quoted ? 0 : c == '(' ? 1 : c == ')' ? -1 : 0;
            if (c == '|' && depth == 0 && !quoted) {
                parts.add(expression.substring(start, i));
                start = i + 1;
            }
        }
        parts.add(expression.substring(start));
        List<String> whole = parts.stream().map(String::strip).toList();
        boolean wrapped = whole.size() == 1 && !unwrapped(whole.getFirst()).equals(whole.getFirst());
        return wrapped ? split(unwrapped(whole.getFirst())) : whole;
    }

    /** The one form of an expression for a type: equal forms find equal values. */
    static String key(List<Part> parts, String type) {
        return parts.stream()
                .map(Part::path)
                .map(path -> path.startsWith(type + ".") ? path.substring(type.length() + 1) : path)
                .distinct()
                .sorted()
                .collect(Collectors.joining(" | "));
    }
}
