package allmende.core.deident;

import allmende.core.deident.RulePath.Step;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the paths of rules, the part of FHIRPath that names elements: {@code Type.element.element}, {@code ofType(T)} after a
 * choice, {@code extension('url')}, and {@code where(…)} with the conditions of {@link allmende.core.path.ElementPath}. Each
 * step is looked up in the types, so a path that names nothing is refused.
 */
final class PathReader {

    /** Says what is wrong with a path, in a sentence. */
    static final class Unfit extends Exception {
        private static final long serialVersionUID = 1;

        Unfit(String reason) {
            super(reason, null, false, false);
        }
    }

    private static final int MAX_LENGTH = 1000;

    private final R4Types types = R4Types.get();
    private final String text;
    private final List<Step> steps = new ArrayList<>();
    private List<Condition> conditions = new ArrayList<>();
    private List<Condition> rootConditions = List.of();
    private Set<String> at = new LinkedHashSet<>();
    private R4Types.@Nullable Element last;
    private String root = "";

    private PathReader(String text) {
        this.text = text;
    }

    static RulePath read(String text) throws Unfit {
        RulePath path = new PathReader(text).read();
        checkExtensions(path);
        return path;
    }

    /** The same, but a path may mean all extensions: for rules that hold back. */
    static RulePath readOfRemoval(String text) throws Unfit {
        return new PathReader(text).read();
    }

    private RulePath read() throws Unfit {
        if (text.length() > MAX_LENGTH) {
            throw new Unfit("A path has at most " + MAX_LENGTH + " characters.");
        }
        List<String> segments = segments(text);
        root = segments.getFirst();
        if (!types.isKnown(root) || root.contains(".")) {
            throw new Unfit("A path begins with a type of FHIR R4, such as Condition, Resource or Coding.");
        }
        at.add(root);
        for (String segment : segments.subList(1, segments.size())) {
            int bracket = segment.indexOf('(');
            if (bracket < 0) {
                step(segment, new ArrayList<>());
            } else {
                function(segment.substring(0, bracket), segment.substring(bracket + 1, segment.length() - 1));
            }
        }
        List<Condition> ofRoot = steps.isEmpty() ? conditions : rootConditions;
        List<Step> frozen = steps.stream()
                .map(step -> new Step(step.element(), step.ofType(), List.copyOf(step.conditions())))
                .toList();
        return new RulePath(text, root, ofRoot, frozen);
    }

    private void step(String name, List<Condition> asked) throws Unfit {
        if (last != null && at.contains(R4Types.RESOURCE)) {
            throw new Unfit("Resources inside of others have the rules of their own type; begin a path with that.");
        }
        Set<String> next = new LinkedHashSet<>();
        R4Types.Element found = null;
        for (String type : at) {
            R4Types.Element element = types.element(type, name);
            if (element != null) {
                found = element;
                next.addAll(element.types());
            }
        }
        if (found == null) {
            throw new Unfit(String.join(" or ", at) + " has no element " + name + hint(name) + ".");
        }
        if (steps.isEmpty()) {
            rootConditions = conditions;
        }
        conditions = asked;
        steps.add(new Step(name, null, conditions));
        at = next;
        last = found;
    }

    /** For who writes the property of a choice as it stands in JSON. */
    private String hint(String name) {
        for (String type : at) {
            for (R4Types.Element element : types.elements(type)) {
                for (String chosen : element.choice() ? element.types() : List.<String>of()) {
                    if (element.property(chosen).equals(name)) {
                        return "; write " + element.name() + ".ofType(" + chosen + ")";
                    }
                }
            }
        }
        return "";
    }

    private void function(String name, String argument) throws Unfit {
        switch (name) {
            case "where" -> where(argument);
            case "extension" -> extension(argument.strip());
            case "ofType" -> ofType(argument.strip());
            default ->
                throw new Unfit("The function " + name + "() is not understood here; where(), ofType() and"
                        + " extension() are.");
        }
    }

    private void where(String argument) throws Unfit {
        for (String type : at) {
            if (types.isPrimitive(type)) {
                throw new Unfit("A condition needs an element with parts; " + type + " has none.");
            }
        }
        try {
            conditions.add(Condition.where(argument));
        } catch (Condition.Unfit unfit) {
            throw new Unfit("The condition is not understood: " + unfit.getMessage() + ".");
        }
    }

    private void extension(String argument) throws Unfit {
        boolean quoted = argument.length() > 2 && argument.startsWith("'") && argument.endsWith("'");
        String url = quoted ? argument.substring(1, argument.length() - 1) : "";
        if (!quoted || url.contains("'") || url.contains("\\")) {
            throw new Unfit("extension() takes the address of an extension in single quotes.");
        }
        List<Condition> asked = new ArrayList<>();
        try {
            asked.add(Condition.url(url));
        } catch (Condition.Unfit unfit) {
            throw new Unfit("The address of the extension is not understood.");
        }
        step("extension", asked);
    }

    private void ofType(String type) throws Unfit {
        if (last == null || !last.choice() || !at.contains(type)) {
            throw new Unfit("ofType(" + type + ") must follow an element that has this type among others.");
        }
        Step step = steps.removeLast();
        steps.add(new Step(step.element(), type, step.conditions()));
        at = new LinkedHashSet<>(Set.of(type));
    }

    /** Which extension is meant must be said, since an unknown one may hold anything. */
    private static void checkExtensions(RulePath path) throws Unfit {
        boolean extensionRoot = path.root().equals(R4Types.EXTENSION)
                && path.conditions().stream().noneMatch(Condition::isUrl)
                && path.steps().isEmpty();
        for (Step step : path.steps()) {
            boolean extension =
                    step.element().equals("extension") || step.element().equals("modifierExtension");
            extensionRoot |= extension && step.conditions().stream().noneMatch(Condition::isUrl);
        }
        if (extensionRoot) {
            throw new Unfit("Say which extension is meant: extension('url').");
        }
    }

    /** The parts between dots that stand outside of brackets and quotes. */
    private static List<String> segments(String text) throws Unfit {
        List<String> segments = new ArrayList<>();
        int depth = 0;
        boolean quoted = false;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted) {
                if (c == '\\') {
                    i++;
                } else if (c == '\'') {
                    quoted = false;
                }
            } else if (c == '\'') {
                quoted = true;
            } else if (c == '(') {
                depth++;
            } else if (c == ')') {
                depth--;
            } else if (c == '.' && depth == 0) {
                segments.add(segment(text.substring(start, i)));
                start = i + 1;
            }
        }
        if (depth != 0 || quoted) {
            throw new Unfit("A bracket or quote is left open.");
        }
        segments.add(segment(text.substring(start)));
        return segments;
    }

    private static String segment(String text) throws Unfit {
        String segment = text.strip();
        int bracket = segment.indexOf('(');
        String name = bracket < 0 ? segment : segment.substring(0, bracket);
        boolean word = !name.isEmpty() && name.chars().allMatch(Character::isLetterOrDigit);
        if (!word || (bracket >= 0 && (!segment.endsWith(")") || closes(segment, bracket) != segment.length() - 1))) {
            throw new Unfit("'" + segment + "' is neither the name of an element nor a function.");
        }
        return segment;
    }

    /** Where the bracket that opens here is closed; -1 if nowhere. */
    private static int closes(String text, int open) {
        int depth = 0;
        boolean quoted = false;
        for (int i = open; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted && c == '\\') {
                i++;
            } else if (c == '\'') {
                quoted = !quoted;
            } else if (!quoted && c == '(') {
                depth++;
            } else if (!quoted && c == ')' && --depth == 0) {
                return i;
            }
        }
        return -1;
    }
}
