package allmende.app.pseudonyms;

import java.util.Collection;
import org.springframework.jdbc.support.SqlArrayValue;

/** Values as PostgreSQL takes them. */
final class SqlText {

    private SqlText() {}

    /** A text without NUL, which PostgreSQL does not take; nothing that is kept holds the character that stands for it. */
    static String storable(String text) {
        return text.indexOf('\0') < 0 ? text : text.replace('\0', '\uFFFD');
    }

    static SqlArrayValue texts(Collection<String> texts) {
        return new SqlArrayValue(
                "text", (Object[]) texts.stream().map(SqlText::storable).toArray(String[]::new));
    }

    static SqlArrayValue bytes(Collection<byte[]> values) {
        return new SqlArrayValue("bytea", (Object[]) values.toArray(byte[][]::new));
    }

    static SqlArrayValue numbers(Collection<Integer> values) {
        return new SqlArrayValue("int4", (Object[]) values.toArray(Integer[]::new));
    }
}
