package allmende.engine.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import allmende.core.fhir.ResourceKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BulkReadTest {

    private static final int RESOURCES = 3_000;

    @Test
    void whoStopsReadingEarlyLeavesTheConnectionInOrder() throws IOException {
        try (Store store = TestStores.empty()) {
            List<ResourceWrite> writes = IntStream.range(0, RESOURCES)
                    .mapToObj(i -> new ResourceWrite(
                            new ResourceKey("Basic", "b" + i),
                            ("{\"resourceType\":\"Basic\",\"id\":\"b" + i + "\",\"x\":\"" + "x".repeat(500) + "\"}")
                                    .getBytes(StandardCharsets.UTF_8),
                            null,
                            List.of()))
                    .toList();
            long t = store.write(writes).t();
            BulkRead.Stretch all =
                    store.bulk().stretches("Basic", 2 * RESOURCES).getFirst();
            BulkRead.Selection now = new BulkRead.Selection(t, 0, false, null);
            for (int round = 0; round < 20; round++) {
                assertThatThrownBy(() -> store.bulk().read(all, now, (version, at, body) -> {
                            throw new IOException("enough");
                        }))
                        .hasMessage("enough");
                assertThat(store.currentT()).isEqualTo(t);
                assertThat(store.history().newest(new ResourceKey("Basic", "b" + round), t))
                        .get()
                        .extracting(History.Entry::version)
                        .isEqualTo(1);
            }
            assertThat(store.bulk().read(all, now, (version, at, body) -> {})).isEqualTo(RESOURCES);
        }
    }
}
