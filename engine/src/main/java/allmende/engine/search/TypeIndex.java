package allmende.engine.search;

import allmende.engine.store.FeedVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.index.ConcurrentMergeScheduler;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.TieredMergePolicy;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.NRTCachingDirectory;
import org.jspecify.annotations.Nullable;

/**
 * The index of one resource type, written by one follower. A document is one version of a resource, with the transaction
 * that wrote it and the one that ended it: so every state since the beginning can be searched.
 */
final class TypeIndex implements AutoCloseable {

    private static final double BUFFER_MEGABYTES = 24;
    private static final double CACHED_MERGE_MEGABYTES = 4;
    private static final double CACHED_MEGABYTES = 24;

    /**
     * Segments below this count as equal and are merged into each other again and again. Lucene's own value (16) is larger
     * than most of our types, which get a small segment each time that something is shown.
     */
    private static final double FLOOR_MEGABYTES = 1;

    private static final String REACHED = "t";
    private static final String FINGERPRINT = "fingerprint";

    private final Path folder;
    private final TypeModel model;
    private final String fingerprint;
    private final DocumentMaker maker;
    private final Directory directory;
    private final ConcurrentMergeScheduler merges = new ConcurrentMergeScheduler();
    private final IndexWriter writer;
    private final long committed;
    private final boolean asWritten;
    private DirectoryReader reader;
    private boolean changed;

    /** Opens or makes the index in a folder. */
    TypeIndex(Path folder, TypeModel model, String fingerprint) throws IOException {
        this.folder = folder;
        this.model = model;
        this.fingerprint = fingerprint;
        this.maker = new DocumentMaker(model);
        this.directory = new NRTCachingDirectory(FSDirectory.open(folder), CACHED_MERGE_MEGABYTES, CACHED_MEGABYTES);
        this.writer = new IndexWriter(directory, config(merges));
        Map<String, String> told = told(writer);
        this.committed = Long.parseLong(told.getOrDefault(REACHED, "0"));
        this.asWritten = fingerprint.equals(told.getOrDefault(FINGERPRINT, fingerprint));
        this.reader = DirectoryReader.open(writer);
    }

    private static IndexWriterConfig config(ConcurrentMergeScheduler scheduler) {
        TieredMergePolicy policy = new TieredMergePolicy();
        policy.setForceMergeDeletesPctAllowed(0);
        policy.setFloorSegmentMB(FLOOR_MEGABYTES);
        scheduler.setMaxMergesAndThreads(4, 1);
        return new IndexWriterConfig()
                .setIndexSort(new Sort(new SortField(Names.RID, SortField.Type.LONG)))
                .setRAMBufferSizeMB(BUFFER_MEGABYTES)
                .setMergePolicy(policy)
                .setMergeScheduler(scheduler);
    }

    private static Map<String, String> told(IndexWriter writer) {
        Iterable<Map.Entry<String, String>> data = writer.getLiveCommitData();
        Map<String, String> told = new java.util.HashMap<>();
        if (data != null) {
            data.forEach(entry -> told.put(entry.getKey(), entry.getValue()));
        }
        return told;
    }

    /** Where it lies. */
    Path folder() {
        return folder;
    }

    /** What is kept of each resource. */
    TypeModel model() {
        return model;
    }

    /** Up to which transaction it was complete when it was opened. */
    long committed() {
        return committed;
    }

    /** Whether it was made by the same definitions. */
    boolean isAsWritten() {
        return asWritten;
    }

    /** Adds a version that is no deletion. Safe for several threads. */
    void add(FeedVersion version) throws IOException {
        writer.addDocument(maker.make(version));
    }

    /** Notes that the version before this one ended with it. */
    void endBefore(FeedVersion version) throws IOException {
        changed = true;
        if (version.number() > 1) {
            writer.updateDocValues(
                    new Term(Names.VERSION, Terms.version(version.rid(), version.number() - 1)),
                    new NumericDocValuesField(Names.UNTIL, version.t()));
        }
    }

    /** Takes all versions of a resource out, and their bytes with them. */
    void erase(long rid) throws IOException {
        changed = true;
        writer.deleteDocuments(new Term(Names.RID, Terms.number(rid)));
    }

    /** Rewrites what holds erased versions. */
    void purge() throws IOException {
        boolean clean = false;
        while (!clean) {
            writer.forceMergeDeletes(true);
            // A merge that had begun by itself is not waited for by that, and carries deleted documents on.
            merges.sync();
            try (DirectoryReader now = DirectoryReader.open(writer)) {
                clean = !now.hasDeletions();
            }
        }
    }

    /** The reader of what was written so far; it belongs to this index, and lives until the next one is asked for. */
    DirectoryReader refreshed() throws IOException {
        if (changed) {
            changed = false;
            @Nullable DirectoryReader next = DirectoryReader.openIfChanged(reader, writer);
            if (next != null) {
                reader.close();
                reader = next;
            }
        }
        return reader;
    }

    /** Makes durable that everything up to {@code t} is in. */
    void commit(long t) throws IOException {
        writer.setLiveCommitData(
                Map.of(REACHED, Long.toString(t), FINGERPRINT, fingerprint).entrySet());
        writer.commit();
    }

    @Override
    public void close() throws IOException {
        Objects.requireNonNull(reader).close();
        writer.rollback();
        directory.close();
    }
}
