package allmende.engine.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What could not be loaded, kept with its raw bytes until it is retried or discarded. */
public interface Quarantine {

    /** Adds entries; one with the same source, entry and bytes as an earlier one only renews it. */
    void add(List<Rejected> rejected);

    /** Adds one entry whose bytes are read from a stream, for those too large for an array. Closes nothing. */
    void add(String source, String entry, String code, String reason, InputStream raw) throws IOException;

    /** Entries, oldest first, without their bytes. */
    List<Entry> list(long afterId, int limit);

    /** How many there are. */
    long count();

    /** One entry. */
    Optional<Entry> find(long id);

    /** The raw bytes of an entry, as a stream of chunks read into memory one at a time, written to {@code out}. */
    void copyBytes(long id, OutputStream out) throws IOException;

    /** Removes an entry, after it was loaded or by decision of a person. */
    void remove(long id);

    /**
     * Something that could not be loaded.
     *
     * @param source file, as given on the command line or relative to the folder given
     * @param entry where in it: {@code entry[3]} of a bundle, {@code line 17}, or empty for the whole file
     * @param code stable name of the reason, for example {@code malformed-json}
     * @param reason a sentence for an engineer; quotes no content of the resource
     * @param raw the bytes as they came
     */
    record Rejected(String source, String entry, String code, String reason, byte[] raw) {}

    /** A kept entry. {@code bytes} is the size of the raw data. */
    record Entry(long id, Instant at, String source, String entry, String code, String reason, long bytes) {}
}
