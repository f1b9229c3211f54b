package allmende.engine.index;

import allmende.core.cohort.Catalogue;
import allmende.core.terminology.Terminology;
import allmende.engine.store.Store;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * The index of one site. It follows the store's change feed and answers from what it has reached. One process has it open
 * at a time. Thread-safe.
 */
public final class CohortIndex implements AutoCloseable {

    /** Reads a snapshot; everything it learns is of one {@code t}. */
    public interface SnapshotReader<T> {
        /** Called once, on the caller's thread. */
        T read(IndexSnapshot snapshot);
    }

    private final IndexDirectory directory;
    private final Terminology terminology;
    private final Catalogue catalogue;
    private final ReentrantReadWriteLock inUse = new ReentrantReadWriteLock();
    private final Follower follower;
    private volatile IndexFile file;

    private CohortIndex(
            IndexDirectory directory, IndexFile file, Store store, Catalogue catalogue, Terminology terminology) {
        this.directory = directory;
        this.file = file;
        this.catalogue = catalogue;
        this.terminology = terminology;
        this.follower = new Follower(this, store);
    }

    /**
     * Opens the index in this directory, creating it where there is none. An index of another format, catalogue or
     * terminology is not used: a new one begins empty and fills by {@link #catchUp} or {@link #follow}.
     *
     * @throws IndexUnavailable where the directory can't be used
     */
    public static Opened open(Path directory, Store store, Catalogue catalogue, Terminology terminology) {
        IndexDirectory taken = IndexDirectory.take(directory.toAbsolutePath());
        if (taken == null) {
            return new Opened.InUse("The index in " + directory + " is in use by another process.");
        }
        boolean complete = false;
        try {
            taken.clean();
            IndexFile file = currentOrNew(taken, catalogue, terminology);
            CohortIndex index = new CohortIndex(taken, file, store, catalogue, terminology);
            complete = true;
            return new Opened.Ready(index);
        } catch (SQLException failed) {
            throw unavailable(failed);
        } finally {
            if (!complete) {
                taken.close();
            }
        }
    }

    private static IndexFile currentOrNew(IndexDirectory directory, Catalogue catalogue, Terminology terminology)
            throws SQLException {
        Path current = directory.current().orElse(null);
        if (current != null) {
            IndexFile opened = openIfFitting(current, Fingerprint.of(catalogue, terminology), terminology);
            if (opened != null) {
                return opened;
            }
        }
        Path created = directory.next();
        IndexFile.create(created, Fingerprint.of(catalogue, terminology));
        directory.use(created);
        directory.clean();
        return new IndexFile(created, terminology);
    }

    /** Null where the file is of another format or making, or damaged: then it is built anew. */
    private static @Nullable IndexFile openIfFitting(Path path, String fingerprint, Terminology terminology) {
        if (!IndexFile.fits(path, fingerprint)) {
            return null;
        }
        try {
            return new IndexFile(path, terminology);
        } catch (SQLException | IllegalArgumentException damaged) {
            return null;
        }
    }

    static IndexUnavailable unavailable(SQLException failed) {
        return new IndexUnavailable("The index can't be read or written; see the cause.", failed);
    }

    /** Starts following the store in the background until closed: a commit is counted within a second. */
    public void follow() {
        follower.start();
    }

    /** Reads the feed up to where the store is now, on the caller's thread, and returns the {@code t} reached. */
    public long catchUp() {
        return follower.catchUp(IndexProgress.NONE);
    }

    /** As {@link #catchUp()}, telling how it proceeds. */
    public long catchUp(IndexProgress progress) {
        return follower.catchUp(progress);
    }

    /** Waits until the index has reached {@code t}; false where the time was too short. */
    public boolean awaitT(long t, Duration timeout) {
        return follower.await(t, timeout);
    }

    /** The snapshot of the store that the index has reached. */
    public long t() {
        inUse.readLock().lock();
        try {
            return file.t();
        } finally {
            inUse.readLock().unlock();
        }
    }

    /** Builds the index anew from the store while the present one answers and follows, then replaces it. */
    public void rebuild(IndexProgress progress) {
        follower.rebuild(progress);
    }

    /** After an erasure: rewrites the index so that nothing of what was erased stays in its files. */
    public void purge() {
        follower.catchUp(IndexProgress.NONE);
        follower.compact();
    }

    /** Sorts what came since the last time into the rest. Happens by itself; answers are the same before and after. */
    public void compact() {
        follower.compact();
    }

    /** Reads a snapshot of the index; writers go on meanwhile. */
    public <T> T read(SnapshotReader<T> reader) {
        inUse.readLock().lock();
        try {
            return read(file, reader);
        } catch (SQLException failed) {
            throw unavailable(failed);
        } finally {
            inUse.readLock().unlock();
        }
    }

    private static <T> T read(IndexFile file, SnapshotReader<T> reader) throws SQLException {
        Connection connection = file.borrow();
        boolean usable = false;
        try {
            T result = Sql.transaction(connection, () -> reader.read(new IndexSnapshot(file, connection)));
            usable = true;
            return result;
        } finally {
            if (usable) {
                file.release(connection);
            } else {
                connection.close();
            }
        }
    }

    /** What the index holds. */
    public IndexStatistics statistics() {
        return read(snapshot -> StatisticsReader.read(snapshot, catalogue));
    }

    /** As {@link IndexSnapshot#contextsWithData}, now. */
    public Set<String> contextsWithData() {
        return read(IndexSnapshot::contextsWithData);
    }

    /** The concepts of a context with the most facts, most first. */
    public List<IndexStatistics.ConceptCount> topConcepts(String context, int limit) {
        return read(snapshot -> StatisticsReader.topConcepts(snapshot, terminology, context, limit));
    }

    IndexFile file() {
        return file;
    }

    IndexDirectory directory() {
        return directory;
    }

    Catalogue catalogue() {
        return catalogue;
    }

    /** The code systems by which the index numbers concepts. */
    public Terminology terminology() {
        return terminology;
    }

    /** Puts a new generation in place of the present one, which is deleted. Only the follower calls it. */
    void replaceBy(IndexFile next) {
        inUse.writeLock().lock();
        try {
            IndexFile old = file;
            directory.use(next.path());
            file = next;
            old.close();
            directory.delete(old.path());
        } catch (SQLException failed) {
            throw unavailable(failed);
        } finally {
            inUse.writeLock().unlock();
        }
    }

    @Override
    public void close() {
        follower.close();
        inUse.writeLock().lock();
        try {
            file.close();
        } catch (SQLException failed) {
            throw unavailable(failed);
        } finally {
            inUse.writeLock().unlock();
            directory.close();
        }
    }
}
