package allmende.core.terminology.operation;

import allmende.core.fhir.FhirJson;
import allmende.core.terminology.operation.TableBytes.Section;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The concepts of one version of a code system with texts, properties and hierarchy, read where they lie: nothing is
 * unpacked, so that a table mapped from a file needs next to no memory of the program's own. A concept is a number from 0,
 * in pre-order of a spanning tree; it may have several parents. Immutable.
 */
public final class ConceptTable {

    static final int INACTIVE = 1;
    static final int ABSTRACT = 2;
    private static final int EMPTY = -1;
    private static final char UNIT = '\u001F';

    private final TableBytes bytes;
    private final SystemFacts facts;
    private final List<Kind> kinds = new ArrayList<>();
    private final List<Key> keys = new ArrayList<>();
    private final List<Declared> declared = new ArrayList<>();

    /** What texts are: the first kind is the source's display text. */
    record Kind(String language, String useSystem, String use, boolean preferred) {}

    /** A property's name and the type of its value. */
    record Key(String code, Property.Type type) {}

    /** A property as the code system declares it. */
    public record Declared(String code, String type, String description) {}

    /**
     * A table over bytes that {@link ConceptTableBuilder} wrote.
     *
     * @throws IllegalArgumentException if they are something else, or cut short
     */
    public ConceptTable(MemorySegment segment) {
        bytes = new TableBytes(segment);
        JsonNode json = FhirJson.parse(bytes.octets(Section.FACTS, 0, bytes.size(Section.FACTS)));
        facts = SystemFacts.ofJson(json.path("facts"));
        for (JsonNode kind : json.path("kinds")) {
            kinds.add(new Kind(
                    kind.path(0).asString(""),
                    kind.path(1).asString(""),
                    kind.path(2).asString(""),
                    kind.path(3).asBoolean()));
        }
        for (JsonNode key : json.path("keys")) {
            keys.add(new Key(
                    key.path(0).asString(""), Property.Type.valueOf(key.path(1).asString(""))));
        }
        for (JsonNode each : json.path("declared")) {
            declared.add(new Declared(
                    each.path(0).asString(""),
                    each.path(1).asString(""),
                    each.path(2).asString("")));
        }
    }

    /** What the code system says of itself. */
    public SystemFacts facts() {
        return facts;
    }

    /** Properties that the code system declares, in its order. */
    public List<Declared> declared() {
        return List.copyOf(declared);
    }

    /** Number of concepts. */
    public int size() {
        return bytes.size(Section.FLAGS);
    }

    /** The concept with this code; -1 if there is none. */
    public int find(String code) {
        byte[] wanted = code.getBytes(StandardCharsets.UTF_8);
        int mask = bytes.size(Section.SLOTS) - 1;
        for (int slot = TableBytes.hash(wanted) & mask; ; slot = (slot + 1) & mask) {
            int concept = bytes.number(Section.SLOTS, slot);
            if (concept == EMPTY) {
                return EMPTY;
            }
            int start = bytes.start(Section.CODE_ENDS, concept);
            if (bytes.same(Section.CODE_BYTES, start, bytes.number(Section.CODE_ENDS, concept), wanted)) {
                return concept;
            }
        }
    }

    /** The concept's code. */
    public String code(int concept) {
        return bytes.text(
                Section.CODE_BYTES, bytes.start(Section.CODE_ENDS, concept), bytes.number(Section.CODE_ENDS, concept));
    }

    /** Whether the code may still be used. */
    public boolean active(int concept) {
        return (bytes.octet(Section.FLAGS, concept) & INACTIVE) == 0;
    }

    /** Whether the concept groups others and is not to be chosen itself. */
    public boolean isAbstract(int concept) {
        return (bytes.octet(Section.FLAGS, concept) & ABSTRACT) != 0;
    }

    /** Concepts directly above, the first being the one in whose branch it is numbered. */
    public int[] parents(int concept) {
        return bytes.numbers(
                Section.PARENTS, bytes.start(Section.PARENT_ENDS, concept), bytes.number(Section.PARENT_ENDS, concept));
    }

    /** Concepts directly below. */
    public int[] children(int concept) {
        return bytes.numbers(
                Section.CHILDREN, bytes.start(Section.CHILD_ENDS, concept), bytes.number(Section.CHILD_ENDS, concept));
    }

    /** The concept and everything below it. */
    public BitSet descendants(int concept) {
        return reach(concept, Section.CHILD_ENDS, Section.CHILDREN);
    }

    /** The concept and everything above it. */
    public BitSet ancestors(int concept) {
        return reach(concept, Section.PARENT_ENDS, Section.PARENTS);
    }

    /** The source's own text; empty where it has none. */
    public String display(int concept) {
        int start = bytes.start(Section.TEXT_ENDS, concept);
        boolean has = start < bytes.number(Section.TEXT_ENDS, concept) && bytes.number(Section.TEXT_KINDS, start) == 0;
        return has ? textAt(start) : "";
    }

    /**
     * The text in a language: the preferred one of that language, or any of it, or the source's own.
     *
     * @param language BCP 47, of which only the part before the first hyphen counts; null for the source's own
     */
    public String display(int concept, @Nullable String language) {
        String wanted = language == null ? "" : primary(language);
        if (wanted.isEmpty() || wanted.equals(primary(facts.language()))) {
            return display(concept);
        }
        String any = "";
        for (int at = bytes.start(Section.TEXT_ENDS, concept); at < bytes.number(Section.TEXT_ENDS, concept); at++) {
            int kind = bytes.number(Section.TEXT_KINDS, at);
            if (kind > 0 && primary(kinds.get(kind).language()).equals(wanted)) {
                if (kinds.get(kind).preferred()) {
                    return textAt(at);
                }
                any = any.isEmpty() ? textAt(at) : any;
            }
        }
        return any.isEmpty() ? display(concept) : any;
    }

    /** All further texts of a concept, in the source's order. */
    public List<Designation> designations(int concept) {
        List<Designation> designations = new ArrayList<>();
        for (int at = bytes.start(Section.TEXT_ENDS, concept); at < bytes.number(Section.TEXT_ENDS, concept); at++) {
            int number = bytes.number(Section.TEXT_KINDS, at);
            if (number > 0) {
                Kind kind = kinds.get(number);
                designations.add(
                        new Designation(kind.language(), kind.useSystem(), kind.use(), kind.preferred(), textAt(at)));
            }
        }
        return designations;
    }

    /** All properties of a concept but its parents and children, in the source's order. */
    public List<Property> properties(int concept) {
        List<Property> properties = new ArrayList<>();
        int end = bytes.number(Section.PROPERTY_ENDS, concept);
        for (int at = bytes.start(Section.PROPERTY_ENDS, concept); at < end; at++) {
            Key key = keys.get(bytes.number(Section.PROPERTY_KEYS, at));
            String value = valueAt(at);
            if (key.type() == Property.Type.CODING) {
                String[] parts = value.split(String.valueOf(UNIT), -1);
                properties.add(new Property(key.code(), key.type(), parts[1], parts[0], parts[2]));
            } else {
                properties.add(Property.of(key.code(), key.type(), value));
            }
        }
        return properties;
    }

    /** Values of one property of a concept as text, of codings their codes; several where it repeats. */
    List<String> values(int concept, String property) {
        List<String> values = new ArrayList<>(2);
        int end = bytes.number(Section.PROPERTY_ENDS, concept);
        for (int at = bytes.start(Section.PROPERTY_ENDS, concept); at < end; at++) {
            Key key = keys.get(bytes.number(Section.PROPERTY_KEYS, at));
            if (key.code().equals(property)) {
                String value = valueAt(at);
                values.add(key.type() == Property.Type.CODING ? value.split(String.valueOf(UNIT), -1)[1] : value);
            }
        }
        return values;
    }

    /** The property's name as this code system writes it: letters' case apart; empty where no concept has it. */
    Optional<String> propertyName(String property) {
        return keys.stream().map(Key::code).filter(property::equals).findFirst().or(() -> keys.stream()
                .map(Key::code)
                .filter(property::equalsIgnoreCase)
                .findFirst());
    }

    /** The languages of its texts, primary parts. */
    public List<String> languages() {
        List<String> languages = new ArrayList<>(List.of(facts.language()));
        kinds.forEach(kind -> languages.add(kind.language()));
        return languages.stream()
                .filter(each -> !each.isEmpty())
                .map(ConceptTable::primary)
                .distinct()
                .toList();
    }

    /** How a coding is kept as one text. */
    static String coding(String system, String code, String display) {
        return system + UNIT + code + UNIT + display;
    }

    private BitSet reach(int concept, Section ends, Section edges) {
        BitSet reached = new BitSet(size());
        int[] waiting = new int[64];
        int count = 1;
        waiting[0] = concept;
        reached.set(concept);
        while (count > 0) {
            int next = waiting[--count];
            int end = bytes.number(ends, next);
            for (int at = bytes.start(ends, next); at < end; at++) {
                int other = bytes.number(edges, at);
                if (!reached.get(other)) {
                    reached.set(other);
                    if (count == waiting.length) {
                        waiting = Arrays.copyOf(waiting, count * 2);
                    }
                    waiting[count++] = other;
                }
            }
        }
        return reached;
    }

    private String textAt(int text) {
        return bytes.text(
                Section.TEXT_BYTES, bytes.start(Section.TEXT_OFFSETS, text), bytes.number(Section.TEXT_OFFSETS, text));
    }

    private String valueAt(int property) {
        int value = bytes.number(Section.PROPERTY_VALUES, property);
        return bytes.text(
                Section.VALUE_BYTES, bytes.start(Section.VALUE_ENDS, value), bytes.number(Section.VALUE_ENDS, value));
    }

    private static String primary(String language) {
        int hyphen = language.indexOf('-');
        return hyphen < 0 ? language : language.substring(0, hyphen);
    }
}
