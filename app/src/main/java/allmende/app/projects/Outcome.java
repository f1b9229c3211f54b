package allmende.app.projects;

import java.util.List;

/** What became of an act. */
public sealed interface Outcome {

    /** It was done; with what it made, such as a number or a token that is shown once, or empty. */
    record Done(String made) implements Outcome {}

    /**
     * It was not done.
     *
     * @param code why, a stable code; messages begin with {@code projects.fault.}
     * @param details sentences about it; empty for none
     */
    record Refused(String code, List<String> details) implements Outcome {

        /** Copies the list. */
        public Refused {
            details = List.copyOf(details);
        }
    }

    /** Done, with nothing to show. */
    static Outcome done() {
        return new Done("");
    }

    /** Not done, for a reason that needs no more words. */
    static Outcome refused(String code) {
        return new Refused(code, List.of());
    }
}
