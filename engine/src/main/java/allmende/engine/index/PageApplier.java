package allmende.engine.index;

import allmende.core.cohort.Catalogue;
import allmende.core.fhir.ResourceKey;
import allmende.engine.store.ChangePage;
import allmende.engine.store.ChangePage.Change;
import allmende.engine.store.Store;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * Applies pages of the change feed to an index file. A page is one DuckDB transaction: rows of changed resources go, new
 * rows come, names and concept numbers that are new are written, and {@code t} moves on; all of it or nothing.
 */
final class PageApplier {

    /** Dependents whose bodies are in memory at once. */
    private static final int DEPENDENTS_AT_ONCE = 5_000;

    private final IndexFile file;
    private final PageReader reader;
    private final RowWriter rows;
    private final Targets targets;
    private final ConsentReads consents;

    PageApplier(IndexFile file, Store store, Catalogue catalogue) {
        this.file = file;
        this.reader = new PageReader(store, catalogue);
        this.rows = new RowWriter(file);
        this.targets = new Targets(file, reader);
        this.consents = new ConsentReads(file, reader, catalogue);
    }

    /** Applies a page that follows on the file's {@code t}. */
    void apply(ChangePage page) throws SQLException {
        List<PageReader.Read> reads = new ArrayList<>(reader.read(page.changes(), page.t()));
        Set<Long> outdated = new HashSet<>();
        page.changes().stream().filter(Change::known).map(Change::rid).forEach(outdated::add);
        for (PageReader.Read dependent : dependents(page)) {
            outdated.add(dependent.change().rid());
            reads.add(dependent);
        }
        consents.evaluate(reads, page, outdated);
        Targets.Numbers numbers = targets.numbers(reads, page.changes());
        RoaringBitmap patients = existing(page.changes());
        long[] counted = new long[2];
        IndexFile.Unsaved names = Sql.transaction(file.writer(), () -> {
            counted[0] = -BaseRows.remove(file, outdated);
            counted[1] = -removeRest(outdated);
            counted[1] += rows.facts(reads);
            rows.attributes(reads);
            rows.links(reads, numbers::of);
            rows.dependents(reads, numbers::of);
            consents.write(reads);
            targets.write(numbers);
            if (patients != null) {
                Sql.execute(file.writer(), "update patients set existing = ?", (Object) Patients.toBytes(patients));
            }
            Sql.execute(file.writer(), "update state set t = " + page.t());
            return file.saveNames();
        });
        file.saved(names);
        targets.written(numbers);
        if (patients != null) {
            file.patients(patients);
        }
        file.counted(counted[0], counted[1]);
        file.reached(page.t());
    }

    /** Resources outside the page whose facts came from a resource that changes with it. */
    private List<PageReader.Read> dependents(ChangePage page) throws SQLException {
        Set<Long> changed = new HashSet<>();
        Set<Long> onPage = new HashSet<>();
        for (Change change : page.changes()) {
            onPage.add(change.rid());
            if (reader.isConsulted(change.key().type())) {
                changed.add(change.rid());
                Long awaited = file.awaited().get(change.key());
                if (awaited != null) {
                    changed.add(awaited);
                }
            }
        }
        if (changed.isEmpty()) {
            return List.of();
        }
        Map<ResourceKey, Integer> patients = new LinkedHashMap<>();
        Sql.query(
                file.writer(),
                "select distinct resource, patient, type, id from dependent where target in " + Sql.list(changed),
                row -> {
                    if (!onPage.contains(row.getLong(1))) {
                        patients.put(new ResourceKey(row.getString(3), row.getString(4)), row.getInt(2));
                    }
                });
        return read(patients, page.t());
    }

    /** Reads many resources part by part; of each only its facts are kept. */
    private List<PageReader.Read> read(Map<ResourceKey, Integer> patients, long t) {
        List<PageReader.Read> reads = new ArrayList<>(patients.size());
        Map<ResourceKey, Integer> part = new HashMap<>();
        int left = patients.size();
        for (Map.Entry<ResourceKey, Integer> entry : patients.entrySet()) {
            part.put(entry.getKey(), entry.getValue());
            left--;
            if (part.size() == DEPENDENTS_AT_ONCE || left == 0) {
                reader.read(reader.asOf(part, t), t).forEach(read -> reads.add(read.withoutBody()));
                part.clear();
            }
        }
        return reads;
    }

    /** The patients that exist after these changes; null where these change nothing. */
    private @Nullable RoaringBitmap existing(Collection<Change> changes) {
        RoaringBitmap patients = null;
        for (Change change : changes) {
            if (change.key().type().equals("Patient") && change.patient() >= 0) {
                patients = patients == null ? file.patients() : patients;
                if (change.body() == null) {
                    patients.remove(change.patient());
                } else {
                    patients.add(change.patient());
                }
            }
        }
        return patients;
    }

    /** Removes the other rows; returns how many of {@code recent}. */
    private long removeRest(Set<Long> resources) throws SQLException {
        if (resources.isEmpty()) {
            return 0;
        }
        String these = " where resource in " + Sql.list(resources);
        for (String table : List.of("attribute", "link", "dependent", "consent")) {
            Sql.update(file.writer(), "delete from " + table + these);
        }
        return Sql.update(file.writer(), "delete from recent" + these);
    }
}
