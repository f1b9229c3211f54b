package allmende.core.deident.pseudonym;

/** The finite field of a prime or of a power of two up to 64 elements, which are numbered from 0. */
final class Field {

    /** Primitive polynomials over two elements by their degrees, as bits. */
    private static final int[] POLYNOMIALS = {0, 0b11, 0b111, 0b1011, 0b10011, 0b100101, 0b1000011};

    private static final int SIZE_MAX = 64;
    private static final Field[] FIELDS = fields();

    private final int size;
    private final int primitive;
    private final int[] powers;
    private final int[] logarithms;

    private Field(int size, int primitive) {
        this.size = size;
        this.primitive = primitive;
        this.powers = new int[2 * size];
        this.logarithms = new int[size];
        int power = 1;
        for (int i = 0; i < powers.length; i++) {
            powers[i] = power;
            if (i < size - 1) {
                logarithms[power] = i;
            }
            power = slowTimes(power, primitive, size);
        }
    }

    private static Field[] fields() {
        Field[] fields = new Field[SIZE_MAX + 1];
        for (int size = 2; size <= SIZE_MAX; size++) {
            if (exists(size)) {
                fields[size] = new Field(size, primitiveOf(size));
            }
        }
        return fields;
    }

    /** Whether there is one of this size here. */
    static boolean exists(int size) {
        return size <= SIZE_MAX && (isPowerOfTwo(size) || isPrime(size));
    }

    static boolean isPowerOfTwo(int size) {
        return size >= 2 && Integer.bitCount(size) == 1;
    }

    private static boolean isPrime(int size) {
        for (int divisor = 2; divisor * divisor <= size; divisor++) {
            if (size % divisor == 0) {
                return false;
            }
        }
        return size >= 2;
    }

    /** The field of this size, which must exist. */
    static Field of(int size) {
        return FIELDS[size];
    }

    /** The smallest element whose powers are all elements but zero. */
    private static int primitiveOf(int size) {
        for (int candidate = 1; candidate < size; candidate++) {
            int order = 1;
            for (int power = candidate; power != 1; power = slowTimes(power, candidate, size)) {
                order++;
            }
            if (order == size - 1) {
                return candidate;
            }
        }
        throw new IllegalStateException("every finite field has a primitive element");
    }

    private static int slowTimes(int a, int b, int size) {
        if (!isPowerOfTwo(size) || size == 2) {
            return a * b % size;
        }
        int polynomial = POLYNOMIALS[Integer.numberOfTrailingZeros(size)];
        int result = 0;
        int shifted = a;
        for (int bits = b; bits != 0; bits >>= 1) {
            if ((bits & 1) != 0) {
                result ^= shifted;
            }
            shifted <<= 1;
            if ((shifted & size) != 0) {
                shifted ^= polynomial;
            }
        }
        return result;
    }

    /** An element whose powers are all elements but zero. */
    int primitive() {
        return primitive;
    }

    int plus(int a, int b) {
        return isPowerOfTwo(size) ? a ^ b : (a + b) % size;
    }

    int minus(int a, int b) {
        return isPowerOfTwo(size) ? a ^ b : Math.floorMod(a - b, size);
    }

    int times(int a, int b) {
        return a == 0 || b == 0 ? 0 : powers[logarithms[a] + logarithms[b]];
    }

    /** Division; {@code b} is not zero. */
    int over(int a, int b) {
        return a == 0 ? 0 : powers[logarithms[a] + size - 1 - logarithms[b]];
    }
}
