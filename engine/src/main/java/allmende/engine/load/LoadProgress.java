package allmende.engine.load;

/** Hears how a load proceeds; called from any thread, often. */
public interface LoadProgress {

    /** Hears nothing. */
    LoadProgress NONE = new LoadProgress() {};

    /** How many bytes there are to read (compressed size of compressed files). */
    default void total(long bytes) {}

    /** So many bytes were read and so many resources made durable since the last call. */
    default void advanced(long bytes, long resources) {}
}
