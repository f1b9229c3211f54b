package allmende.core.deident;

import allmende.core.path.ElementPath;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a rule's path asks of an element: {@code where(system = 'x')} or {@code extension('x')}. Two conditions of the same
 * text are the same.
 */
final class Condition {

    private static final Pattern EQUALITY =
            Pattern.compile("\\s*([a-zA-Z]+(?:\\.[a-zA-Z]+)*)\\s*=\\s*'([^'\\\\]*)'\\s*");

    private final String text;
    private final ElementPath test;
    private final @Nullable String path;
    private final @Nullable String constant;

    private Condition(String text, ElementPath test) {
        Matcher equality = EQUALITY.matcher(text);
        boolean simple = equality.matches();
        this.path = simple ? equality.group(1) : null;
        this.constant = simple ? equality.group(2) : null;
        this.text = simple ? path + " = '" + constant + "'" : text.strip();
        this.test = test;
    }

    /** What is wrong with a condition. */
    static final class Unfit extends Exception {
        private static final long serialVersionUID = 1;

        Unfit(String reason) {
            super(reason, null, false, false);
        }
    }

    static Condition where(String text) throws Unfit {
        return switch (ElementPath.read("where(" + text + ")")) {
            case ElementPath.Read.Compiled(ElementPath path) -> new Condition(text, path);
            case ElementPath.Read.Refused(int _, String reason) -> throw new Unfit(reason);
        };
    }

    static Condition url(String url) throws Unfit {
        return where("url = '" + url + "'");
    }

    /** Whether an element meets it. */
    boolean holds(JsonNode element) {
        if (path != null && constant != null) {
            JsonNode value = element.get(path);
            if (value != null && value.isString()) {
                return value.stringValue().equals(constant);
            }
        }
        return test.first(element) != null;
    }

    /** Whether it asks for an extension's address. */
    boolean isUrl() {
        return "url".equals(path);
    }

    /** Whether no element can meet both: they ask for different values of one element. */
    boolean excludes(Condition other) {
        return path != null && path.equals(other.path) && constant != null && !constant.equals(other.constant);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Condition condition && condition.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
