package allmende.core.terminology;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Texts in the order of their numbers, found by text as well: a hash table over one array of bytes, since a million codes
 * as objects would take four times the memory. Not thread-safe while it is written to.
 */
public final class StringTable {

    private static final int EMPTY = -1;

    private byte[] bytes;
    private int[] ends;
    private int size;

    /** Numbers by hash, linear probing; the length is a power of two and at most half full. */
    private int[] slots;

    /** An empty table; it grows beyond the expected size. */
    public StringTable(int expectedSize) {
        bytes = new byte[Math.max(64, expectedSize * 8)];
        ends = new int[Math.max(8, expectedSize)];
        slots = emptySlots(expectedSize);
    }

    /** A table of texts that lie end to end. */
    StringTable(byte[] bytes, int[] ends) {
        this.bytes = bytes;
        this.ends = ends;
        size = ends.length;
        slots = emptySlots(size);
        for (int number = 0; number < size; number++) {
            insert(number, hash(bytes, start(number), ends[number]));
        }
    }

    /** Number of texts. */
    public int size() {
        return size;
    }

    /** The text of a number that {@link #add} has given out. */
    public String get(int number) {
        int start = start(number);
        return new String(bytes, start, ends[number] - start, StandardCharsets.UTF_8);
    }

    /** The text's number; -1 if it has none. */
    public int find(String text) {
        byte[] wanted = text.getBytes(StandardCharsets.UTF_8);
        return find(wanted, hash(wanted, 0, wanted.length));
    }

    /** The text's number, given out now where it had none. */
    public int number(String text) {
        int known = find(text);
        return known < 0 ? add(text) : known;
    }

    /** Appends a text that {@link #find} does not find, and gives it the next number. */
    public int add(String text) {
        byte[] added = text.getBytes(StandardCharsets.UTF_8);
        int from = start(size);
        if (size == ends.length) {
            ends = Arrays.copyOf(ends, size + (size >> 1) + 8);
        }
        if (from + added.length > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(from + added.length, bytes.length + (bytes.length >> 1)));
        }
        System.arraycopy(added, 0, bytes, from, added.length);
        ends[size] = from + added.length;
        size++;
        if (size * 2 > slots.length) {
            rehash();
        } else {
            insert(size - 1, hash(added, 0, added.length));
        }
        return size - 1;
    }

    /** All texts end to end, with the end of each. */
    public byte[] bytes() {
        return Arrays.copyOf(bytes, start(size));
    }

    /** Per number, the end of its text in {@link #bytes}. */
    public int[] ends() {
        return Arrays.copyOf(ends, size);
    }

    private int start(int number) {
        return number == 0 ? 0 : ends[number - 1];
    }

    private int find(byte[] wanted, int hash) {
        int mask = slots.length - 1;
        for (int slot = hash & mask; ; slot = (slot + 1) & mask) {
            int number = slots[slot];
            if (number == EMPTY) {
                return -1;
            }
            if (Arrays.equals(bytes, start(number), ends[number], wanted, 0, wanted.length)) {
                return number;
            }
        }
    }

    private void insert(int number, int hash) {
        int mask = slots.length - 1;
        int slot = hash & mask;
        while (slots[slot] != EMPTY) {
            slot = (slot + 1) & mask;
        }
        slots[slot] = number;
    }

    private void rehash() {
        slots = emptySlots(size * 2);
        for (int number = 0; number < size; number++) {
            insert(number, hash(bytes, start(number), ends[number]));
        }
    }

    private static int[] emptySlots(int expectedSize) {
        int[] slots = new int[Math.max(16, Integer.highestOneBit(Math.max(1, expectedSize)) * 4)];
        Arrays.fill(slots, EMPTY);
        return slots;
    }

    private static int hash(byte[] text, int from, int end) {
        int hash = 1;
        for (int i = from; i < end; i++) {
            hash = 31 * hash + text[i];
        }
        // codes differ in their last characters mostly; spread that over all bits
        hash *= 0x9E3779B9;
        return hash ^ (hash >>> 15);
    }
}
