package allmende.core.terminology.operation;

import allmende.core.fhir.FhirJson;
import allmende.core.terminology.StringTable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Collects the concepts of a code system, in any order, and writes them as a {@link ConceptTable}. What is collected lies
 * in few large arrays: a third of a million concepts with a million and a half texts takes some 200 MB.
 */
public final class ConceptTableBuilder {

    /** The outcome of {@link #write}. */
    public sealed interface Written {
        /** It is written. */
        record Whole(int concepts, int missingParents) implements Written {}

        /** Nothing is written: this code stands above itself. */
        record Cycle(String code) implements Written {}
    }

    private final StringTable codes = new StringTable(1024);
    private final StringTable references = new StringTable(1024);
    private final StringTable values = new StringTable(256);
    private final ByteLog flags = new ByteLog();
    /** Per edge the child: a concept's number, or that of a reference below zero, as {@code -1 - reference}. */
    private final IntLog edgeChildren = new IntLog();

    private final IntLog edgeParents = new IntLog();
    private final IntLog textConcepts = new IntLog();
    private final IntLog textKinds = new IntLog();
    private final ByteLog texts = new ByteLog();
    private final IntLog textOffsets = new IntLog();
    private final IntLog propertyConcepts = new IntLog();
    private final IntLog propertyKeys = new IntLog();
    private final IntLog propertyValues = new IntLog();
    private final Map<ConceptTable.Kind, Integer> kinds = new LinkedHashMap<>();
    private final Map<ConceptTable.Key, Integer> keys = new LinkedHashMap<>();
    private final List<ConceptTable.Declared> declared = new ArrayList<>();

    /** An empty one. */
    public ConceptTableBuilder() {
        kinds.put(new ConceptTable.Kind("", "", "", true), 0);
    }

    /** Number of concepts so far. */
    public int size() {
        return codes.size();
    }

    /** The concept with this code; -1 if it was not added yet. */
    public int find(String code) {
        return codes.find(code);
    }

    /** The concept with this code, added now where it is new. */
    public int concept(String code) {
        int known = codes.find(code);
        if (known >= 0) {
            return known;
        }
        flags.add(0);
        return codes.add(code);
    }

    /** Marks a concept as not to be used any more. */
    public void inactive(int concept) {
        flags.set(concept, flags.get(concept) | ConceptTable.INACTIVE);
    }

    /** Marks a concept as one that only groups others. */
    public void abstractOnly(int concept) {
        flags.set(concept, flags.get(concept) | ConceptTable.ABSTRACT);
    }

    /** The concept's own text in the code system's language; of several the first counts. */
    public void display(int concept, String text) {
        text(concept, 0, text);
    }

    /** A further text. */
    public void designation(int concept, Designation designation) {
        ConceptTable.Kind kind = new ConceptTable.Kind(
                designation.language(), designation.useSystem(), designation.use(), designation.preferred());
        Integer number = kinds.putIfAbsent(kind, kinds.size());
        text(concept, number == null ? kinds.size() - 1 : number, designation.text());
    }

    /** A property. */
    public void property(int concept, Property property) {
        ConceptTable.Key key = new ConceptTable.Key(property.code(), property.type());
        Integer number = keys.putIfAbsent(key, keys.size());
        propertyConcepts.add(concept);
        propertyKeys.add(number == null ? keys.size() - 1 : number);
        propertyValues.add(values.number(
                property.type() == Property.Type.CODING
                        ? ConceptTable.coding(property.system(), property.value(), property.display())
                        : property.value()));
    }

    /** Puts a concept below another, which may be added later; one that never is added is passed over. */
    public void parent(int child, String parentCode) {
        edgeChildren.add(child);
        edgeParents.add(references.number(parentCode));
    }

    /** As {@link #parent} where the child may be added later, too. */
    public void childOf(String parentCode, String childCode) {
        edgeChildren.add(-1 - references.number(childCode));
        edgeParents.add(references.number(parentCode));
    }

    /** A property as the code system declares it. */
    public void declare(String code, String type, String description) {
        declared.add(new ConceptTable.Declared(code, type, description));
    }

    /**
     * Writes the table; the stream stays open.
     *
     * @throws IOException if the stream fails
     */
    public Written write(SystemFacts facts, OutputStream out) throws IOException {
        int[] children = edgeChildren.toArray();
        int[] parents = new int[children.length];
        int missing = 0;
        for (int i = 0; i < parents.length; i++) {
            parents[i] = codes.find(references.get(edgeParents.get(i)));
            children[i] = children[i] >= 0 ? children[i] : codes.find(references.get(-1 - children[i]));
            missing += parents[i] < 0 || children[i] < 0 ? 1 : 0;
        }
        Graph graph = Graph.of(codes.size(), children, parents);
        int cycle = graph.onCycle();
        if (cycle >= 0) {
            return new Written.Cycle(codes.get(cycle));
        }
        new TableWriter(this, graph, head(facts)).write(out);
        return new Written.Whole(codes.size(), missing);
    }

    /**
     * The table in memory.
     *
     * @throws IllegalArgumentException if a code stands above itself
     */
    public ConceptTable build(SystemFacts facts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            return switch (write(facts, out)) {
                case Written.Whole whole -> new ConceptTable(MemorySegment.ofArray(out.toByteArray()));
                case Written.Cycle(String code) ->
                    throw new IllegalArgumentException("code " + code + " stands above itself");
            };
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private void text(int concept, int kind, String text) {
        textConcepts.add(concept);
        textKinds.add(kind);
        texts.addAll(text.getBytes(StandardCharsets.UTF_8));
        textOffsets.add(texts.size());
    }

    private byte[] head(SystemFacts facts) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        ObjectNode head = json.objectNode();
        head.set("facts", facts.toJson());
        ArrayNode kindsOut = head.putArray("kinds");
        kinds.keySet().forEach(kind -> kindsOut.addArray()
                .add(kind.language())
                .add(kind.useSystem())
                .add(kind.use())
                .add(kind.preferred()));
        ArrayNode keysOut = head.putArray("keys");
        keys.keySet()
                .forEach(
                        key -> keysOut.addArray().add(key.code()).add(key.type().name()));
        ArrayNode declaredOut = head.putArray("declared");
        declared.forEach(
                each -> declaredOut.addArray().add(each.code()).add(each.type()).add(each.description()));
        return FhirJson.write(head);
    }

    StringTable codes() {
        return codes;
    }

    StringTable values() {
        return values;
    }

    ByteLog flags() {
        return flags;
    }

    ByteLog texts() {
        return texts;
    }

    IntLog textConcepts() {
        return textConcepts;
    }

    IntLog textKinds() {
        return textKinds;
    }

    IntLog textOffsets() {
        return textOffsets;
    }

    IntLog propertyConcepts() {
        return propertyConcepts;
    }

    IntLog propertyKeys() {
        return propertyKeys;
    }

    IntLog propertyValues() {
        return propertyValues;
    }
}
