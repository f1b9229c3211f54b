package allmende.engine.index;

/** The outcome of opening an index. */
public sealed interface Opened {

    /** It is open. Close it when done. */
    record Ready(CohortIndex index) implements Opened {}

    /**
     * Another process, or another part of this one, has it open.
     *
     * @param reason a sentence for the user
     */
    record InUse(String reason) implements Opened {}
}
