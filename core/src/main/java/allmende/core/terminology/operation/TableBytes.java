package allmende.core.terminology.operation;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Reads numbers and texts where they lie in a {@link ConceptTable}: in an array or in a file mapped into memory. */
final class TableBytes {

    /** "AlCT" and the form's number; changes with the form. */
    static final long MAGIC = 0x416C_4354_0000_0001L;

    /** Number of sections; see {@link Section}. */
    static final int SECTIONS = Section.values().length;

    /** Magic, the whole length, and per section where it begins and how many entries it has. */
    static final int HEADER = Long.BYTES * 2 + SECTIONS * Long.BYTES * 2;

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    /** What a table consists of, in this order. */
    enum Section {
        FACTS(0),
        CODE_BYTES(1),
        CODE_ENDS(2),
        SLOTS(3),
        FLAGS(4),
        PARENT_ENDS(5),
        PARENTS(6),
        CHILD_ENDS(7),
        CHILDREN(8),
        TEXT_ENDS(9),
        TEXT_KINDS(10),
        TEXT_OFFSETS(11),
        TEXT_BYTES(12),
        PROPERTY_ENDS(13),
        PROPERTY_KEYS(14),
        PROPERTY_VALUES(15),
        VALUE_ENDS(16),
        VALUE_BYTES(17);

        /** Where the section's numbers stand in the head. */
        private final int place;

        Section(int place) {
            this.place = place;
        }
    }

    private final MemorySegment bytes;
    private final long[] starts = new long[SECTIONS];
    private final long[] sizes = new long[SECTIONS];

    /** @throws IllegalArgumentException if the bytes are no table of this form, or cut short */
    TableBytes(MemorySegment bytes) {
        this.bytes = bytes;
        if (bytes.byteSize() < HEADER
                || bytes.get(LONG, 0) != MAGIC
                || bytes.get(LONG, Long.BYTES) != bytes.byteSize()) {
            throw new IllegalArgumentException("no table of concepts, or one of another version of the program");
        }
        for (int i = 0; i < SECTIONS; i++) {
            starts[i] = bytes.get(LONG, Long.BYTES * (2L + 2L * i));
            sizes[i] = bytes.get(LONG, Long.BYTES * (3L + 2L * i));
        }
    }

    /** Entries of a section: numbers, or bytes of a section of texts. */
    int size(Section section) {
        return (int) sizes[section.place];
    }

    int number(Section section, int index) {
        return bytes.get(INT, starts[section.place] + (long) index * Integer.BYTES);
    }

    byte octet(Section section, int index) {
        return bytes.get(ValueLayout.JAVA_BYTE, starts[section.place] + index);
    }

    /** Where the entries of an item begin, in a section of ends. */
    int start(Section ends, int index) {
        return index == 0 ? 0 : number(ends, index - 1);
    }

    String text(Section section, int start, int end) {
        return new String(octets(section, start, end), StandardCharsets.UTF_8);
    }

    byte[] octets(Section section, int start, int end) {
        byte[] text = new byte[end - start];
        MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, starts[section.place] + start, text, 0, text.length);
        return text;
    }

    boolean same(Section section, int start, int end, byte[] wanted) {
        if (end - start != wanted.length) {
            return false;
        }
        long from = starts[section.place] + start;
        for (int i = 0; i < wanted.length; i++) {
            if (bytes.get(ValueLayout.JAVA_BYTE, from + i) != wanted[i]) {
                return false;
            }
        }
        return true;
    }

    int[] numbers(Section section, int start, int end) {
        int[] numbers = new int[end - start];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = number(section, start + i);
        }
        return numbers;
    }

    /** The hash that {@link Section#SLOTS} is laid out by. */
    static int hash(byte[] text) {
        int hash = 1;
        for (byte octet : text) {
            hash = 31 * hash + octet;
        }
        hash *= 0x9E3779B9;
        return hash ^ (hash >>> 15);
    }
}
