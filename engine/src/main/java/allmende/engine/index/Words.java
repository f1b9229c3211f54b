package allmende.engine.index;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import org.roaringbitmap.RoaringBitmap;

/**
 * Gets sets of patients out of DuckDB. Rows are expensive to hand over, so DuckDB puts 64 patients into one word: from a
 * million patients at most 15,625 rows come.
 */
final class Words {

    private Words() {}

    /** The patients of {@code rows}: a table with an optional where clause. */
    static RoaringBitmap read(Connection reader, String rows) throws SQLException {
        long[][] words = {new long[1 << 12]};
        Sql.query(
                reader,
                "select patient >> 6, bit_or(1::ubigint << (patient & 63)::ubigint) from " + rows + " group by 1",
                row -> {
                    int word = row.getInt(1);
                    if (word >= words[0].length) {
                        words[0] = Arrays.copyOf(words[0], Math.max(word + 1, words[0].length * 2));
                    }
                    words[0][word] |= row.getLong(2);
                });
        return Patients.ofWords(words[0]);
    }
}
