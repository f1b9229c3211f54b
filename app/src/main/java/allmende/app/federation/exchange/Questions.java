package allmende.app.federation.exchange;

import allmende.app.federation.PartyId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** At a portal: what was asked of whom and what came back. */
interface Questions {

    /**
     * Notes a question, unless one with its key is there already.
     *
     * @return that one's task id; null if this question is noted now and is to be {@linkplain #ask asked}
     */
    @Nullable
    String begin(Question question);

    /**
     * Puts a question that was begun into the queue of each of these sites.
     *
     * @param messageIds where each site's message gets its id from
     * @return what was put into the queues
     */
    Map<PartyId, Queued> ask(
            Question question, Collection<PartyId> sites, java.util.function.Supplier<String> messageIds);

    /** A question by its task's id. */
    Optional<Question> question(String task);

    /**
     * Notes a site's outcome.
     *
     * @return false if that site was not asked this or its outcome is known already; then nothing changes
     */
    boolean answer(Answered answer);

    /** Notes an outcome of a site that was never sent the question. */
    void answerUnasked(Answered answer);

    /** Tasks that this site has not answered. */
    List<String> unanswered(PartyId site);

    /** Unanswered tasks whose deadline is before this, with the site that is silent. */
    List<Unanswered> unansweredBefore(Instant deadline, int max);

    /** A task that a site has not answered. */
    record Unanswered(String task, PartyId site) {}

    /** Outcomes that no listener took, oldest first. */
    List<Answered> untaken(int max);

    /** A listener took these outcomes; their text is forgotten. */
    void listened(Collection<Answered> answers);

    /** Keeps a publication, in place of an older one of that site and kind. */
    void publish(Published publication);

    /** Publications that no listener took. */
    List<Published> unheard();

    /** A listener took this publication. */
    void heard(Published publication);

    /** Forgets questions whose deadline is before this and whose outcomes are all taken. */
    void forgetQuestions(Instant deadline);
}
