package allmende.core.terminology;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The compact form of a code system whose hierarchy comes from a list: its numbers and texts as they lie in memory, so that
 * reading it is a matter of milliseconds. The form belongs to this version of the program alone; who keeps it names
 * {@link #FORMAT} beside it and builds it anew when that differs.
 */
public final class CodeSystemBytes {

    /** Changes whenever the form or the numbering does. */
    public static final int FORMAT = 1;

    private CodeSystemBytes() {}

    /**
     * Writes a code system.
     *
     * @throws IllegalArgumentException if its hierarchy is computed: there is nothing to keep of it
     */
    public static void write(Terminology.CodeSystem system, DataOutput out) throws IOException {
        if (!(system.hierarchy() instanceof ListedHierarchy hierarchy)) {
            throw new IllegalArgumentException("the hierarchy of " + system.uri() + " is not listed");
        }
        out.writeUTF(system.uri());
        out.writeUTF(system.version());
        writeBytes(hierarchy.codes().bytes(), out);
        writeInts(hierarchy.codes().ends(), out);
        writeBytes(hierarchy.displays().bytes(), out);
        writeInts(hierarchy.displays().ends(), out);
        writeInts(hierarchy.last(), out);
        writeInts(hierarchy.extraParents(), out);
        writeInts(hierarchy.extraChildren(), out);
    }

    /** Reads what {@link #write} wrote; the caller has made sure by a checksum that it is undamaged. */
    public static Terminology.CodeSystem read(DataInput in) throws IOException {
        String uri = in.readUTF();
        String version = in.readUTF();
        StringTable codes = new StringTable(readBytes(in), readInts(in));
        TextList displays = new TextList(readBytes(in), readInts(in));
        ListedHierarchy hierarchy = new ListedHierarchy(codes, displays, readInts(in), readInts(in), readInts(in));
        return new Terminology.CodeSystem(uri, version, hierarchy);
    }

    private static void writeBytes(byte[] bytes, DataOutput out) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static byte[] readBytes(DataInput in) throws IOException {
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        return bytes;
    }

    private static void writeInts(int[] numbers, DataOutput out) throws IOException {
        writeBytes(toBytes(numbers), out);
    }

    /** Four bytes per number, high byte first. */
    static byte[] toBytes(int[] numbers) {
        byte[] bytes = new byte[numbers.length * Integer.BYTES];
        for (int i = 0; i < numbers.length; i++) {
            int number = numbers[i];
            int at = i * Integer.BYTES;
            bytes[at] = (byte) (number >>> 24);
            bytes[at + 1] = (byte) (number >>> 16);
            bytes[at + 2] = (byte) (number >>> 8);
            bytes[at + 3] = (byte) number;
        }
        return bytes;
    }

    private static int[] readInts(DataInput in) throws IOException {
        byte[] bytes = readBytes(in);
        int[] numbers = new int[bytes.length / Integer.BYTES];
        for (int i = 0; i < numbers.length; i++) {
            int at = i * Integer.BYTES;
            numbers[i] = (bytes[at] & 0xFF) << 24
                    | (bytes[at + 1] & 0xFF) << 16
                    | (bytes[at + 2] & 0xFF) << 8
                    | (bytes[at + 3] & 0xFF);
        }
        return numbers;
    }
}
