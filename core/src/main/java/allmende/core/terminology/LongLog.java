package allmende.core.terminology;

import java.util.Arrays;

/** Numbers in the order in which they were added. */
final class LongLog {

    private long[] numbers = new long[64];
    private int size;

    int size() {
        return size;
    }

    long get(int index) {
        return numbers[index];
    }

    void add(long number) {
        if (size == numbers.length) {
            numbers = Arrays.copyOf(numbers, size * 2);
        }
        numbers[size] = number;
        size++;
    }
}
