package allmende.core.terminology.operation;

import allmende.core.terminology.operation.TableBytes.Section;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lays out what a {@link ConceptTableBuilder} has collected; concepts are renumbered in pre-order. */
final class TableWriter {

    private final ConceptTableBuilder from;
    private final Graph graph;
    private final byte[] head;

    /** Collected number by place, and the reverse. */
    private final int[] order;

    private final int[] place;

    /** Indexes of texts and properties by concept in order; the sort is stable. */
    private final int[] texts;

    private final int[] properties;
    private final Map<Section, Integer> sizes = new EnumMap<>(Section.class);
    private final Map<Section, Body> bodies = new EnumMap<>(Section.class);

    /** Writes a section's content. */
    @FunctionalInterface
    private interface Body {
        void write(DataOutputStream out) throws IOException;
    }

    TableWriter(ConceptTableBuilder from, Graph graph, byte[] head) {
        this.from = from;
        this.graph = graph;
        this.head = head;
        order = graph.preOrder();
        place = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            place[order[i]] = i;
        }
        texts = byConcept(from.textConcepts(), from.textKinds());
        properties = byConcept(from.propertyConcepts(), null);
    }

    void write(OutputStream out) throws IOException {
        plan();
        long at = TableBytes.HEADER;
        DataOutputStream data = new DataOutputStream(new BufferedOutputStream(out, 1 << 16));
        data.writeLong(TableBytes.MAGIC);
        long end = at;
        for (Section section : Section.values()) {
            end += length(section);
        }
        data.writeLong(end);
        for (Section section : Section.values()) {
            data.writeLong(at);
            data.writeLong(sizes.getOrDefault(section, 0));
            at += length(section);
        }
        for (Section section : Section.values()) {
            Body body = bodies.get(section);
            if (body != null) {
                body.write(data);
            }
        }
        data.flush();
    }

    private void plan() {
        octets(Section.FACTS, head.length, out -> out.write(head));
        planCodes();
        octets(Section.FLAGS, order.length, out -> {
            for (int concept : order) {
                out.write(from.flags().get(concept));
            }
        });
        planEdges(Section.PARENT_ENDS, Section.PARENTS, graph.parentEnds(), graph.parents());
        planEdges(Section.CHILD_ENDS, Section.CHILDREN, graph.childEnds(), graph.children());
        planTexts();
        numbers(Section.PROPERTY_ENDS, ends(properties, from.propertyConcepts()));
        numbers(Section.PROPERTY_KEYS, picked(from.propertyKeys(), properties));
        numbers(Section.PROPERTY_VALUES, picked(from.propertyValues(), properties));
        numbers(Section.VALUE_ENDS, from.values().ends());
        byte[] values = from.values().bytes();
        octets(Section.VALUE_BYTES, values.length, out -> out.write(values));
    }

    private void planCodes() {
        int[] ends = new int[order.length];
        int mask = Integer.highestOneBit(Math.max(4, order.length)) * 4 - 1;
        int[] slots = new int[mask + 1];
        Arrays.fill(slots, -1);
        int end = 0;
        for (int i = 0; i < order.length; i++) {
            byte[] code = from.codes().get(order[i]).getBytes(StandardCharsets.UTF_8);
            end += code.length;
            ends[i] = end;
            int slot = TableBytes.hash(code) & mask;
            while (slots[slot] >= 0) {
                slot = (slot + 1) & mask;
            }
            slots[slot] = i;
        }
        octets(Section.CODE_BYTES, end, out -> {
            for (int concept : order) {
                out.write(from.codes().get(concept).getBytes(StandardCharsets.UTF_8));
            }
        });
        numbers(Section.CODE_ENDS, ends);
        numbers(Section.SLOTS, slots);
    }

    private void planEdges(Section endsSection, Section section, int[] oldEnds, int[] old) {
        int[] ends = new int[order.length];
        int[] edges = new int[old.length];
        int size = 0;
        for (int i = 0; i < order.length; i++) {
            for (int at = Graph.start(oldEnds, order[i]); at < oldEnds[order[i]]; at++) {
                edges[size++] = place[old[at]];
            }
            ends[i] = size;
        }
        numbers(endsSection, ends);
        numbers(section, edges);
    }

    private void planTexts() {
        numbers(Section.TEXT_ENDS, ends(texts, from.textConcepts()));
        numbers(Section.TEXT_KINDS, picked(from.textKinds(), texts));
        int[] offsets = new int[texts.length];
        int end = 0;
        for (int i = 0; i < texts.length; i++) {
            end += from.textOffsets().get(texts[i]) - textStart(texts[i]);
            offsets[i] = end;
        }
        numbers(Section.TEXT_OFFSETS, offsets);
        octets(Section.TEXT_BYTES, end, out -> {
            for (int text : texts) {
                from.texts().write(textStart(text), from.textOffsets().get(text), out);
            }
        });
    }

    private int textStart(int text) {
        return text == 0 ? 0 : from.textOffsets().get(text - 1);
    }

    /** Indexes sorted by the place of their concept; where kinds are given, those of kind 0 come first. */
    private int[] byConcept(IntLog concepts, @Nullable IntLog kinds) {
        int[] starts = new int[order.length + 1];
        for (int i = 0; i < concepts.size(); i++) {
            starts[place[concepts.get(i)] + 1]++;
        }
        for (int i = 1; i < starts.length; i++) {
            starts[i] += starts[i - 1];
        }
        int[] sorted = new int[concepts.size()];
        for (int pass = 0; pass < 2; pass++) {
            for (int i = 0; i < concepts.size(); i++) {
                boolean first = kinds == null || kinds.get(i) == 0;
                if (first == (pass == 0)) {
                    sorted[starts[place[concepts.get(i)]]++] = i;
                }
            }
        }
        return sorted;
    }

    private int[] ends(int[] sorted, IntLog concepts) {
        int[] ends = new int[order.length];
        for (int index : sorted) {
            ends[place[concepts.get(index)]]++;
        }
        for (int i = 1; i < ends.length; i++) {
            ends[i] += ends[i - 1];
        }
        return ends;
    }

    private static int[] picked(IntLog numbers, int[] indexes) {
        int[] picked = new int[indexes.length];
        for (int i = 0; i < indexes.length; i++) {
            picked[i] = numbers.get(indexes[i]);
        }
        return picked;
    }

    private void octets(Section section, int length, Body body) {
        sizes.put(section, length);
        bodies.put(section, body);
    }

    private void numbers(Section section, int[] numbers) {
        sizes.put(section, numbers.length);
        bodies.put(section, out -> {
            for (int number : numbers) {
                out.writeInt(number);
            }
        });
    }

    private long length(Section section) {
        long size = sizes.getOrDefault(section, 0);
        return switch (section) {
            case FACTS, CODE_BYTES, FLAGS, TEXT_BYTES, VALUE_BYTES -> size;
            case CODE_ENDS,
                    SLOTS,
                    PARENT_ENDS,
                    PARENTS,
                    CHILD_ENDS,
                    CHILDREN,
                    TEXT_ENDS,
                    TEXT_KINDS,
                    TEXT_OFFSETS,
                    PROPERTY_ENDS,
                    PROPERTY_KEYS,
                    PROPERTY_VALUES,
                    VALUE_ENDS -> size * Integer.BYTES;
        };
    }
}
