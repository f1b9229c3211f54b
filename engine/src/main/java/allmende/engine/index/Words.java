package allmende.engine.index;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.roaringbitmap.RoaringBitmap;

/**
 * Gets sets of patients out of DuckDB. Rows are expensive to hand over, so DuckDB puts patients into bits: a million
 * patients come as one value of 125,000 bytes, or as at most 15,625 words of 64.
 */
final class Words {

    private Words() {}

    /**
     * The patients of {@code rows}: a table with or without a where clause.
     *
     * @param last the highest patient number of interest
     */
    static RoaringBitmap ofRows(Connection reader, String rows, int last) throws SQLException {
        int bits = words(last) * Long.SIZE;
        RoaringBitmap[] patients = {new RoaringBitmap()};
        Sql.query(
                reader,
                "select bitstring_agg(patient, 0, " + (bits - 1) + ")::blob from (select patient from " + rows
                        + ") where patient < " + bits,
                row -> {
                    byte[] bytes = row.getBytes(1);
                    if (bytes != null) {
                        patients[0] = Patients.ofWords(ofBits(bytes));
                    }
                });
        return patients[0];
    }

    /**
     * For each of the conditions the patients of those rows that meet it, in one pass.
     *
     * @param rows a table with or without a where clause
     */
    static List<RoaringBitmap> ofParts(Connection reader, String rows, List<String> conditions, int last)
            throws SQLException {
        int bits = words(last) * Long.SIZE;
        String columns = conditions.stream()
                .map(condition ->
                        "bitstring_agg(patient, 0, " + (bits - 1) + ") filter (where " + condition + ")::blob")
                .collect(Collectors.joining(", "));
        List<RoaringBitmap> parts = new ArrayList<>();
        Sql.query(reader, "select " + columns + " from (select * from " + rows + ") where patient < " + bits, row -> {
            for (int i = 1; i <= conditions.size(); i++) {
                byte[] bytes = row.getBytes(i);
                parts.add(bytes == null ? new RoaringBitmap() : ofBlob(bytes));
            }
        });
        return parts;
    }

    /** The patients of a bit string of DuckDB as bytes. */
    static RoaringBitmap ofBlob(byte[] bytes) {
        return Patients.ofWords(ofBits(bytes));
    }

    /** DuckDB's first bit is the highest of the first byte. */
    private static long[] ofBits(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        long[] words = new long[bytes.length / Long.BYTES];
        for (int i = 0; i < words.length; i++) {
            words[i] = Long.reverse(buffer.getLong());
        }
        return words;
    }

    /** The patients of rows (word, bits), several of which may be of the same word; nobody for an empty query. */
    static RoaringBitmap ofWordRows(Connection reader, String query, int last) throws SQLException {
        if (query.isEmpty()) {
            return new RoaringBitmap();
        }
        long[] words = new long[words(last)];
        Sql.query(reader, query, row -> {
            int word = row.getInt(1);
            if (word < words.length) {
                words[word] |= row.getLong(2);
            }
        });
        return Patients.ofWords(words);
    }

    private static int words(int last) {
        return last / Long.SIZE + 1;
    }
}
