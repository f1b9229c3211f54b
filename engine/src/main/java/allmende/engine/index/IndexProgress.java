package allmende.engine.index;

/** Hears how the building of an index proceeds; called from any thread, often. */
public interface IndexProgress {

    /** Hears nothing. */
    IndexProgress NONE = new IndexProgress() {};

    /** How many current resources there are to read, about. */
    default void total(long resources) {}

    /** So many resources were indexed since the last call. */
    default void advanced(long resources) {}
}
