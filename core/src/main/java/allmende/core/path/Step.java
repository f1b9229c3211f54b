package allmende.core.path;

import tools.jackson.databind.JsonNode;

/** A compiled path, or the rest of one from some step on. */
@FunctionalInterface
interface Step {

    /**
     * Hands every element that the path finds from {@code focus} to {@code sink}, until that wants no more.
     *
     * @return false once the sink wants no more
     */
    boolean run(JsonNode focus, Sink sink);

    /** Takes elements. */
    @FunctionalInterface
    interface Sink {
        /** Takes one; returns whether more are wanted. */
        boolean accept(JsonNode node);
    }
}
