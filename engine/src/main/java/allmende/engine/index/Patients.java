package allmende.engine.index;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.roaringbitmap.BitSetUtil;
import org.roaringbitmap.RoaringBitmap;

/** Sets of patients as bitmaps, as 64-bit words and as bytes. */
final class Patients {

    private Patients() {}

    /** Bit {@code i} of word {@code w} is patient {@code 64 * w + i}. */
    static RoaringBitmap ofWords(long[] words) {
        return BitSetUtil.bitmapOf(words);
    }

    static byte[] toBytes(RoaringBitmap patients) {
        patients.runOptimize();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(patients.serializedSizeInBytes());
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            patients.serialize(out);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    static RoaringBitmap ofBytes(byte[] bytes) {
        RoaringBitmap patients = new RoaringBitmap();
        try {
            patients.deserialize(ByteBuffer.wrap(bytes));
        } catch (IOException damaged) {
            throw new UncheckedIOException(damaged);
        }
        return patients;
    }
}
