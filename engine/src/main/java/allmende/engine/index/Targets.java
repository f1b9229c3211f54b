package allmende.engine.index;

import allmende.core.cohort.ResourceFacts;
import allmende.core.fhir.ResourceKey;
import allmende.engine.store.ChangePage.Change;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.duckdb.DuckDBAppender;
import org.jspecify.annotations.Nullable;

/**
 * Numbers of the resources that links and dependents point to. One that is in the store has its own number; one that is
 * not (yet) gets a negative stand-in and is awaited: when it comes, the stand-in is replaced wherever it was written.
 */
final class Targets {

    /** Most keys whose numbers are kept at hand. */
    static final int CACHED_NUMBERS = 200_000;

    /** What a page's keys are numbered. */
    record Numbers(Map<ResourceKey, Long> known, Map<ResourceKey, Long> newlyAwaited, Map<ResourceKey, Long> arrived) {

        long of(ResourceKey key) {
            Long number = known.get(key);
            if (number == null) {
                throw new IllegalStateException("a target without a number");
            }
            return number;
        }
    }

    private final IndexFile file;
    private final PageReader reader;
    private final Map<ResourceKey, Long> cache = new LinkedHashMap<>();

    Targets(IndexFile file, PageReader reader) {
        this.file = file;
        this.reader = reader;
    }

    /** Numbers for all that {@code reads} point to; notices which of the changes were awaited. */
    Numbers numbers(Collection<PageReader.Read> reads, Collection<Change> changes) {
        Set<ResourceKey> wanted = wanted(reads);
        Map<ResourceKey, Long> arrived = new HashMap<>();
        Map<ResourceKey, Long> known = new HashMap<>();
        if (changes.stream().anyMatch(change -> change.key().id().isEmpty())) {
            cache.clear();
        }
        for (Change change : changes) {
            if (wanted.contains(change.key())) {
                known.put(change.key(), change.rid());
            }
            if (file.awaited().containsKey(change.key())) {
                arrived.put(change.key(), change.rid());
            }
        }
        Set<ResourceKey> unknown = new HashSet<>();
        for (ResourceKey key : wanted) {
            Long number = known.containsKey(key) ? known.get(key) : number(key);
            if (number == null) {
                unknown.add(key);
            } else {
                known.put(key, number);
            }
        }
        Map<ResourceKey, Long> newlyAwaited = unknown.isEmpty() ? Map.of() : ask(unknown, known);
        return new Numbers(known, newlyAwaited, arrived);
    }

    private @Nullable Long number(ResourceKey key) {
        Long cached = cache.get(key);
        return cached != null ? cached : file.awaited().get(key);
    }

    private Map<ResourceKey, Long> ask(Set<ResourceKey> unknown, Map<ResourceKey, Long> known) {
        Map<ResourceKey, Long> newlyAwaited = new HashMap<>();
        Map<ResourceKey, Long> found = reader.numbers(unknown);
        for (ResourceKey key : unknown) {
            Long number = found.get(key);
            if (number == null) {
                number = file.nextAwaited();
                newlyAwaited.put(key, number);
            }
            known.put(key, number);
        }
        return newlyAwaited;
    }

    private static Set<ResourceKey> wanted(Collection<PageReader.Read> reads) {
        Set<ResourceKey> wanted = new HashSet<>();
        for (PageReader.Read read : reads) {
            ResourceFacts facts = read.facts();
            if (facts != null) {
                wanted.addAll(facts.consulted());
                facts.links().forEach(link -> wanted.add(link.target()));
            }
        }
        return wanted;
    }

    /** Writes down who is awaited now and gives those who came their own numbers; within the page's transaction. */
    void write(Numbers numbers) throws SQLException {
        if (!numbers.newlyAwaited().isEmpty()) {
            try (DuckDBAppender out = Sql.duck(file.writer()).createAppender("main", "awaited")) {
                for (Map.Entry<ResourceKey, Long> entry : numbers.newlyAwaited().entrySet()) {
                    ResourceKey key = entry.getKey();
                    out.beginRow()
                            .append((long) entry.getValue())
                            .append(key.type())
                            .append(key.id())
                            .endRow();
                }
            }
        }
        if (numbers.arrived().isEmpty()) {
            return;
        }
        StringBuilder pairs = new StringBuilder();
        numbers.arrived().forEach((key, rid) -> pairs.append(pairs.isEmpty() ? "(" : ",(")
                .append(file.awaited().get(key))
                .append(',')
                .append(rid)
                .append(')'));
        for (String table : List.of("link", "dependent")) {
            Sql.execute(
                    file.writer(),
                    "update " + table + " set target = arrived.rid from (values " + pairs
                            + ") as arrived(number, rid) where target = arrived.number");
        }
        List<Long> standIns =
                numbers.arrived().keySet().stream().map(file.awaited()::get).toList();
        Sql.execute(file.writer(), "delete from awaited where number in " + Sql.list(standIns));
    }

    /** The page's transaction is committed. */
    void written(Numbers numbers) {
        file.awaited().putAll(numbers.newlyAwaited());
        numbers.arrived().keySet().forEach(file.awaited()::remove);
        if (cache.size() > CACHED_NUMBERS) {
            cache.clear();
        }
        numbers.known().forEach((key, number) -> {
            if (number >= 0) {
                cache.put(key, number);
            }
        });
        numbers.arrived().forEach(cache::put);
    }
}
