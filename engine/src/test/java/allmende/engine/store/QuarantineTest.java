package allmende.engine.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import allmende.engine.store.Quarantine.Entry;
import allmende.engine.store.Quarantine.Rejected;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What could not be loaded is kept byte by byte. */
final class QuarantineTest {

    private Store store;
    private Quarantine quarantine;

    @BeforeEach
    void open() {
        store = TestStores.empty();
        quarantine = store.quarantine();
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void theSameAgainIsTheSameEntry() throws IOException {
        Rejected line = new Rejected("a.ndjson", "line 1", "malformed-json", "first", "{\u0000".getBytes(UTF_8));
        quarantine.add(List.of(line, new Rejected("a.ndjson", "line 2", "malformed-json", "first", line.raw())));
        Entry before = quarantine.list(0, 10).getFirst();
        quarantine.add(List.of(new Rejected("a.ndjson", "line 1", "illegal-date", "second", line.raw())));
        assertThat(quarantine.count()).isEqualTo(2);
        Entry after = quarantine.find(before.id()).orElseThrow();
        assertThat(after.code()).isEqualTo("illegal-date");
        assertThat(after.reason()).isEqualTo("second");
        assertThat(bytes(after.id())).isEqualTo(line.raw());
        assertThat(quarantine.list(before.id(), 10)).extracting(Entry::entry).containsExactly("line 2");
        quarantine.remove(before.id());
        assertThat(quarantine.count()).isEqualTo(1);
        assertThat(bytes(before.id())).isEmpty();
    }

    @Test
    void manyBytesPassThroughInChunks() throws IOException {
        byte[] raw = new byte[5_000_001];
        new Random(3).nextBytes(raw);
        quarantine.add("huge.json", "", "too-large", "It is too large.", new ByteArrayInputStream(raw));
        Entry entry = quarantine.list(0, 1).getFirst();
        assertThat(entry.bytes()).isEqualTo(raw.length);
        assertThat(bytes(entry.id())).isEqualTo(raw);
    }

    @Test
    void bytesThatCannotBeReadLeaveNothingBehind() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("broken");
            }
        };
        assertThatThrownBy(() -> quarantine.add("x", "", "c", "r", broken)).isInstanceOf(IOException.class);
        assertThat(quarantine.count()).isZero();
    }

    private byte[] bytes(long id) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        quarantine.copyBytes(id, out);
        return out.toByteArray();
    }
}
