package allmende.engine.terminology.importing;

import java.util.Arrays;

/** Many numbers from 1, without an object for each. */
final class LongSet {

    private long[] slots = new long[1 << 12];
    private int size;

    void add(long number) {
        if ((size + 1) * 2 > slots.length) {
            long[] old = slots;
            slots = new long[old.length * 2];
            Arrays.stream(old).filter(each -> each != 0).forEach(each -> slots[slot(each)] = each);
        }
        int slot = slot(number);
        if (slots[slot] == 0) {
            slots[slot] = number;
            size++;
        }
    }

    boolean contains(long number) {
        return slots[slot(number)] == number;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** Where the number stands, or the empty slot where it belongs. */
    private int slot(long number) {
        int mask = slots.length - 1;
        int slot = (int) ((number * 0x9E3779B97F4A7C15L) >>> 32) & mask;
        while (slots[slot] != 0 && slots[slot] != number) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }
}
