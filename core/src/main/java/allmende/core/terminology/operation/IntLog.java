package allmende.core.terminology.operation;

import java.util.Arrays;

/** Numbers in the order in which they were added. */
final class IntLog {

    private int[] numbers = new int[64];
    private int size;

    int size() {
        return size;
    }

    int get(int index) {
        return numbers[index];
    }

    void add(int number) {
        if (size == numbers.length) {
            numbers = Arrays.copyOf(numbers, size + (size >> 1));
        }
        numbers[size++] = number;
    }

    int[] toArray() {
        return Arrays.copyOf(numbers, size);
    }
}
