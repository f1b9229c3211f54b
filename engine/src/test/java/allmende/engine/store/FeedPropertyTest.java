package allmende.engine.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import allmende.core.fhir.ResourceKey;
import allmende.engine.store.ChangePage.Change;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Who applies the feed's pages holds at each page's {@code t} what the store tells for that {@code t}. */
final class FeedPropertyTest {

    private static Store store;
    private static int run;

    @BeforeContainer
    static void open() {
        store = TestStores.empty();
    }

    @AfterContainer
    static void close() {
        store.close();
    }

    /** A write of one of few resources; an empty text deletes. */
    record Step(int id, String text) {}

    @Provide
    Arbitrary<Step> steps() {
        return Combinators.combine(Arbitraries.integers().between(0, 5), Arbitraries.of("", "a", "b"))
                .as(Step::new);
    }

    @Property(tries = 40)
    void replayedPagesEqualWhatIsReadAtTheirTime(
            @ForAll @Size(min = 1, max = 6)
                    List<@Size(min = 1, max = 5) List<@net.jqwik.api.From("steps") Step>> batches,
            @ForAll @IntRange(min = 1, max = 8) int limit,
            @ForAll @IntRange(max = 6) int skipped) {
        run++;
        long start = store.currentT();
        Map<Long, Map<String, String>> stateAt = new HashMap<>();
        Map<String, String> state = new HashMap<>();
        stateAt.put(start, Map.of());
        for (List<Step> batch : batches) {
            batch.forEach(step -> apply(state, step));
            stateAt.put(
                    store.write(batch.stream().map(FeedPropertyTest::write).toList())
                            .t(),
                    Map.copyOf(state));
        }
        long t = Math.min(start + skipped, store.currentT());
        Map<String, String> replayed = new HashMap<>(stateAt.get(t));
        List<Long> met = new ArrayList<>();
        boolean last = false;
        while (!last) {
            ChangePage page = store.changes(t, limit);
            assertThat(page.changes()).extracting(Change::rid).doesNotHaveDuplicates();
            for (Change change : page.changes()) {
                if (!change.known()) {
                    assertThat(met).doesNotContain(change.rid());
                }
                met.add(change.rid());
                replay(replayed, change);
            }
            t = page.t();
            last = page.last();
            assertThat(replayed).isEqualTo(stateAt.get(t)).isEqualTo(read(t));
        }
        assertThat(t).isEqualTo(store.currentT());
    }

    private static void apply(Map<String, String> state, Step step) {
        if (step.text().isEmpty()) {
            state.remove(key(step.id()).id());
        } else {
            state.put(key(step.id()).id(), step.text());
        }
    }

    private static void replay(Map<String, String> state, Change change) {
        if (change.body() == null) {
            state.remove(change.key().id());
        } else {
            state.put(change.key().id(), new String(change.body(), UTF_8));
        }
    }

    private static Map<String, String> read(long t) {
        Map<String, String> state = new HashMap<>();
        for (int id = 0; id <= 5; id++) {
            ResourceKey key = key(id);
            store.read(key, t).ifPresent(version -> state.put(key.id(), new String(version.body(), UTF_8)));
        }
        return state;
    }

    private static ResourceKey key(int id) {
        return new ResourceKey("Observation", run + "-" + id);
    }

    private static ResourceWrite write(Step step) {
        return new ResourceWrite(
                key(step.id()), step.text().isEmpty() ? null : step.text().getBytes(UTF_8), null, List.of());
    }
}
