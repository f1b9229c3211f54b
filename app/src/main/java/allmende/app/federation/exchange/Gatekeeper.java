package allmende.app.federation.exchange;

import allmende.app.federation.IncomingTask;
import allmende.app.federation.Refusal;

/** Decides what a site does with a task before anybody works on it. */
@FunctionalInterface
public interface Gatekeeper {

    /**
     * Decides about a new task. May count it towards a rate.
     *
     * @param role the requester's role as the asker says; empty if it says none
     */
    Verdict decide(IncomingTask task, String role);

    /** What is done with a task. */
    sealed interface Verdict {

        /** It is worked on at once. */
        record Automatic() implements Verdict {}

        /** It waits for a person. */
        record Click() implements Verdict {}

        /** It is refused. */
        record Refuse(Refusal reason) implements Verdict {}
    }
}
