package allmende.app.identity;

import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A scope of SMART on FHIR for a machine: {@code system/Observation.rs} (version 2) or {@code system/Observation.read}
 * (version 1, which covers reading and searching).
 *
 * @param type resource type; {@code *} for all
 * @param acts what may be done with it; not empty
 */
public record Scope(String type, Set<Act> acts) {

    /** All resource types. */
    static final String ANY = "*";

    /** Pseudonyms, as if they were resources: to make (c), read (r) and delete (d) them. */
    public static final String PSEUDONYM = "Pseudonym";

    /** Originals of pseudonyms: to read them within a grant (r). */
    public static final String ORIGINAL = "PseudonymOriginal";

    /** Pairs of originals and pseudonyms that were made elsewhere: to bring them in (c). */
    public static final String MAPPING = "PseudonymMapping";

    /** What {@link #ANY} does not mean: only who was given these by name has them. */
    private static final Set<String> APART = Set.of(PSEUDONYM, ORIGINAL, MAPPING);

    private static final Pattern FORM = Pattern.compile("system/([A-Z][A-Za-z]{1,63}|\\*)\\.([a-z]+|\\*)");
    private static final Pattern LETTERS = Pattern.compile("c?r?u?d?s?");

    /** Copies the acts. */
    public Scope {
        acts = Set.copyOf(acts);
    }

    /** What may be done with resources of a type, in the order of the letters of a scope. */
    public enum Act {
        /** Make one. */
        CREATE,
        /** Read one: read, vread, history of an instance. */
        READ,
        /** Change one: update, patch. */
        UPDATE,
        /** Delete one. */
        DELETE,
        /** Search, and the history of a type. */
        SEARCH;

        private String letter() {
            return name().substring(0, 1).toLowerCase(Locale.ROOT);
        }
    }

    /** Reads one scope; nothing where it is none that a machine can have here. */
    public static Optional<Scope> parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        return acts(form.group(2)).map(acts -> new Scope(form.group(1), acts));
    }

    private static Optional<Set<Act>> acts(String text) {
        return switch (text) {
            case "read" -> Optional.of(EnumSet.of(Act.READ, Act.SEARCH));
            case "write" -> Optional.of(EnumSet.of(Act.CREATE, Act.UPDATE, Act.DELETE));
            case ANY -> Optional.of(EnumSet.allOf(Act.class));
            default -> LETTERS.matcher(text).matches() ? Optional.of(letters(text)) : Optional.empty();
        };
    }

    private static Set<Act> letters(String text) {
        Set<Act> acts = EnumSet.noneOf(Act.class);
        for (Act act : Act.values()) {
            if (text.contains(act.letter())) {
                acts.add(act);
            }
        }
        return acts;
    }

    /** What two scopes have in common; nothing where that is nothing. */
    Optional<Scope> and(Scope other) {
        Set<Act> both = new LinkedHashSet<>(acts);
        both.retainAll(other.acts);
        if (both.isEmpty()) {
            return Optional.empty();
        }
        if (type.equals(other.type)) {
            return Optional.of(new Scope(type, both));
        }
        if (APART.contains(type) || APART.contains(other.type)) {
            return Optional.empty();
        }
        if (other.type.equals(ANY)) {
            return Optional.of(new Scope(type, both));
        }
        return type.equals(ANY) ? Optional.of(new Scope(other.type, both)) : Optional.empty();
    }

    /** Whether it lets do this with resources of the type; {@code *} asks for all types at once. */
    boolean allows(Act act, String resourceType) {
        return acts.contains(act) && (type.equals(resourceType) || (type.equals(ANY) && !APART.contains(resourceType)));
    }

    /** As version 2 writes it. */
    public String written() {
        StringBuilder letters = new StringBuilder();
        for (Act act : Act.values()) {
            if (acts.contains(act)) {
                letters.append(act.letter());
            }
        }
        return "system/" + type + "." + letters;
    }
}
