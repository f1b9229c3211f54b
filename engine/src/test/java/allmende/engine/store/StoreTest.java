package allmende.engine.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import allmende.core.fhir.ResourceKey;
import allmende.engine.store.ChangePage.Change;
import allmende.engine.store.Commit.Outcome;
import allmende.engine.store.ResourceWrite.Identifier;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Versions, deletions, patients, identifiers, order of commits. */
final class StoreTest {

    private static Store store;

    /** Tests share a store; each uses ids of its own. */
    private static int test;

    @BeforeAll
    static void open() {
        store = TestStores.empty();
    }

    @AfterAll
    static void close() {
        store.close();
    }

    @BeforeEach
    void next() {
        test++;
    }

    private static ResourceKey key(String type, String id) {
        return new ResourceKey(type, id + "-" + test);
    }

    private static ResourceWrite put(ResourceKey key, String body) {
        return new ResourceWrite(key, body.getBytes(UTF_8), null, List.of());
    }

    private static ResourceWrite delete(ResourceKey key) {
        return new ResourceWrite(key, null, null, List.of());
    }

    private static @Nullable String text(ResourceKey key, long t) {
        return store.read(key, t)
                .map(version -> new String(version.body(), UTF_8))
                .orElse(null);
    }

    @Test
    void everyVersionStaysReadableAtItsTime() {
        ResourceKey key = key("Observation", "a");
        long before = store.currentT();
        Commit created = store.write(List.of(put(key, "{\"v\":1}")));
        Commit updated = store.write(List.of(put(key, "{\"v\":2}")));
        Commit deleted = store.write(List.of(delete(key)));
        Commit again = store.write(List.of(put(key, "{\"v\":2}")));
        assertThat(List.of(created.t(), updated.t(), deleted.t(), again.t()))
                .containsExactly(before + 1, before + 2, before + 3, before + 4);
        assertThat(List.of(created, updated, deleted, again))
                .flatExtracting(Commit::outcomes)
                .containsExactly(Outcome.CREATED, Outcome.UPDATED, Outcome.DELETED, Outcome.CREATED);
        assertThat(text(key, before)).isNull();
        assertThat(text(key, created.t())).isEqualTo("{\"v\":1}");
        assertThat(text(key, updated.t())).isEqualTo("{\"v\":2}");
        assertThat(text(key, deleted.t())).isNull();
        assertThat(text(key, again.t())).isEqualTo("{\"v\":2}");
        assertThat(store.read(key, again.t()).orElseThrow().version()).isEqualTo(4);
        assertThat(store.readAll(List.of(key)).get(key).t()).isEqualTo(again.t());
    }

    @Test
    void equalBytesChangeNothing() {
        ResourceKey key = key("Condition", "a");
        Commit first = store.write(List.of(put(key, "{}")));
        Commit second = store.write(List.of(put(key, "{}"), delete(key("Condition", "never-seen"))));
        assertThat(second).isEqualTo(new Commit(first.t(), List.of(Outcome.UNCHANGED, Outcome.UNCHANGED)));
        assertThat(store.currentT()).isEqualTo(first.t());
        assertThat(store.changes(first.t(), 10)).isEqualTo(new ChangePage(first.t(), List.of(), true));
    }

    @Test
    void writesOfOneKeyInABatchAreAppliedInOrder() {
        ResourceKey key = key("Observation", "a");
        ResourceKey gone = key("Observation", "b");
        Commit commit = store.write(List.of(
                put(key, "1"), put(key, "1"), put(key, "2"), delete(key), put(key, "3"), put(gone, "x"), delete(gone)));
        assertThat(commit.outcomes())
                .containsExactly(
                        Outcome.CREATED,
                        Outcome.UNCHANGED,
                        Outcome.UPDATED,
                        Outcome.DELETED,
                        Outcome.CREATED,
                        Outcome.CREATED,
                        Outcome.DELETED);
        assertThat(text(key, commit.t())).isEqualTo("3");
        assertThat(text(gone, commit.t())).isNull();
        ChangePage page = store.changes(commit.t() - 1, 1);
        assertThat(page.changes()).extracting(Change::key).containsExactly(key, gone);
        assertThat(page.changes()).extracting(Change::known).containsOnly(false);
        assertThat(page.changes().getFirst().version()).isEqualTo(4);
        assertThat(page.changes().getLast().body()).isNull();
    }

    @Test
    void patientsAreNumberedWithoutGapsWhetherStoredOrOnlyMentioned() {
        String mentioned = "p1-" + test;
        String stored = "p2-" + test;
        ResourceKey observation = key("Observation", "a");
        Commit commit = store.write(List.of(
                new ResourceWrite(observation, bytes("{}"), mentioned, List.of()),
                new ResourceWrite(new ResourceKey("Patient", stored), bytes("{}"), stored, List.of())));
        int first = store.patientNumber(mentioned).orElseThrow();
        assertThat(store.patientNumber(stored)).hasValue(first + 1);
        assertThat(store.patientIds(Set.of(first, first + 1, 1_000_000)))
                .isEqualTo(Map.of(first, mentioned, first + 1, stored));
        assertThat(store.changes(commit.t() - 1, 10).changes())
                .extracting(Change::patient)
                .containsExactly(first, first + 1);
        Commit deleted = store.write(List.of(delete(observation)));
        assertThat(store.changes(deleted.t() - 1, 10).changes())
                .extracting(Change::patient)
                .containsExactly(first);
        assertThat(store.patientNumber("nobody")).isEmpty();
    }

    @Test
    void identifiersFindTheCurrentVersionOnly() {
        ResourceKey a = key("Practitioner", "a");
        ResourceKey b = key("Practitioner", "b");
        String value = "lanr\0-" + test;
        store.write(List.of(
                new ResourceWrite(a, bytes("1"), null, List.of(new Identifier("s", value), new Identifier("u", value))),
                new ResourceWrite(b, bytes("2"), null, List.of(new Identifier("", value)))));
        assertThat(store.findByIdentifier("Practitioner", "", value)).containsExactly(a, b);
        assertThat(store.findByIdentifier("Practitioner", "s", value)).containsExactly(a);
        assertThat(store.findByIdentifier("Organization", "s", value)).isEmpty();
        store.write(List.of(new ResourceWrite(a, bytes("3"), null, List.of()), delete(b)));
        assertThat(store.findByIdentifier("Practitioner", "", value)).isEmpty();
    }

    @Test
    void countsFollowCreationsAndDeletions() {
        ResourceKey a = key("Specimen", "a");
        store.write(List.of(put(a, "1"), put(key("Specimen", "b"), "1")));
        store.write(List.of(put(a, "2")));
        assertThat(store.countsByType()).containsEntry("Specimen", 2L);
        store.write(List.of(delete(a)));
        assertThat(store.countsByType()).containsEntry("Specimen", 1L);
    }

    @Test
    void largeBodiesComeBackAsTheyWere() {
        byte[] body = new byte[3_000_000];
        new java.util.Random(7).nextBytes(body);
        ResourceKey key = key("Binary", "a");
        Commit commit = store.write(List.of(new ResourceWrite(key, body, null, List.of())));
        assertThat(store.read(key, commit.t()).orElseThrow().body()).isEqualTo(body);
    }

    @Test
    void commitsOfManyWritersBecomeVisibleInOrder() throws Exception {
        long before = store.currentT();
        List<Callable<List<Long>>> writers = new ArrayList<>();
        for (int writer = 0; writer < 4; writer++) {
            String name = "w" + writer + "-";
            writers.add(() -> {
                List<Long> ts = new ArrayList<>();
                for (int i = 0; i < 40; i++) {
                    ts.add(store.write(List.of(put(key("Encounter", name + i), "{}")))
                            .t());
                }
                return ts;
            });
        }
        List<Long> seen = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(4)) {
            var futures = writers.stream().map(threads::submit).toList();
            long t = before;
            while (t < before + 160) {
                ChangePage page = store.changes(t, 7);
                page.changes().forEach(change -> seen.add(change.t()));
                t = page.t();
            }
            List<Long> all = new ArrayList<>();
            for (var future : futures) {
                assertThat(future.get()).isSorted();
                all.addAll(future.get());
            }
            Collections.sort(all);
            assertThat(seen).isEqualTo(all).doesNotHaveDuplicates().hasSize(160);
        }
    }

    @Test
    void listenersHearOfCommits() {
        List<Long> heard = new ArrayList<>();
        Commit commit;
        try (var _ = store.onCommit(heard::add)) {
            commit = store.write(List.of(put(key("Observation", "a"), "1")));
        }
        store.write(List.of(put(key("Observation", "a"), "2")));
        assertThat(heard).containsExactly(commit.t());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
