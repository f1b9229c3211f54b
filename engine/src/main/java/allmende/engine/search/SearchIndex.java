package allmende.engine.search;

import allmende.engine.store.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The index behind FHIR search: one Lucene index per resource type, built from the store's feed of versions and
 * rebuildable at any time. It follows the store by itself once {@link #follow} was called.
 */
public final class SearchIndex implements AutoCloseable {

    private final FileChannel channel;
    private final SearchFollower follower;

    private SearchIndex(FileChannel channel, SearchFollower follower) {
        this.channel = channel;
        this.follower = follower;
    }

    /**
     * Opens the index in a folder; empty where another process has it.
     *
     * @throws SearchUnavailable if the folder can't be used
     */
    public static Optional<SearchIndex> open(Path folder, Store store, SearchModels models) {
        FileChannel channel = null;
        try {
            Files.createDirectories(folder);
            channel = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (lock(channel) == null) {
                channel.close();
                return Optional.empty();
            }
            return Optional.of(new SearchIndex(channel, new SearchFollower(folder, store, models)));
        } catch (IOException | UncheckedIOException unusable) {
            closeQuietly(channel);
            throw new SearchUnavailable("The folder " + folder + " of the search index can't be used.", unusable);
        }
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException ownProcess) {
            return null;
        }
    }

    private static void closeQuietly(@Nullable FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException alreadyUnusable) {
            // what made it unusable is told
            Objects.requireNonNull(alreadyUnusable);
        }
    }

    /** Begins to follow the store in the background. */
    public void follow() {
        follower.start();
    }

    /** The newest transaction that can be searched. */
    public long t() {
        return follower.t();
    }

    /** Waits until a transaction can be searched; false where that takes longer. */
    public boolean await(long t, Duration timeout) {
        return follower.await(t, timeout);
    }

    /** The newest transaction that is known to be committed. */
    long committed() {
        return follower.committed();
    }

    /**
     * What is known of parameters, from now on. Types whose parameters change are indexed anew in the background; until
     * that is done they are searched as before.
     */
    public void use(SearchModels models) {
        follower.use(models);
    }

    /** What can be searched for now. */
    public SearchModels models() {
        return follower.models();
    }

    /** How much of a type is indexed anew, from 0 to 1; empty where nothing is. */
    public Optional<Double> progress(String type) {
        return follower.progress(type);
    }

    /** Something done with a view. */
    interface Reading<R> {
        R with(View view) throws IOException;
    }

    /**
     * Reads in the newest view.
     *
     * @throws SearchUnavailable if the index can't be read
     */
    <R> R read(Reading<R> reading) {
        View view = follower.hold();
        try {
            return reading.with(view);
        } catch (IOException failed) {
            throw new SearchUnavailable("The search index can't be read.", failed);
        } finally {
            view.release();
        }
    }

    @Override
    public void close() {
        try {
            follower.close();
        } finally {
            closeQuietly(channel);
        }
    }
}
