package allmende.app.federation;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** A portal's side of the federation. All of it is durable: what returned has happened, whatever ends afterwards. */
public interface Hub {

    /**
     * Asks sites. Each is asked exactly once and each site's outcome comes to the {@link AnswerListener}s, also from sites
     * that are away now. Asking again with the same key is the same task: nobody is asked again, and what else is given
     * does not count.
     *
     * @param key names the caller's intent, at most 100 characters that nobody else uses. A caller who keeps it before
     *     asking may ask again after any end of the program, without knowing whether it had asked already. It is
     *     remembered as long as the task
     * @param body what is asked: any JSON object. {@code /requester/role} in it, a text, is what sites' policies decide
     *     by; {@code /requester/pseudonym} is for the site's budget
     * @param sites whom to ask; those that do not take part are answered with {@code Failed("NOT_ENROLLED")}
     * @param deadline until when answers are awaited; later ones arrive marked as late
     * @return the task's id
     * @throws IllegalArgumentException if the body is larger than {@link FederationTask#BODY_MAX_CHARACTERS}, or the key
     *     is empty or too long
     */
    String ask(String key, TaskKind kind, JsonNode body, Collection<PartyId> sites, Instant deadline);

    /** The sites that take part or took part, by name. */
    List<Member> members();

    /** Tells this listener of all answers that no listener took yet and of those to come. */
    void onAnswer(AnswerListener listener);

    /** Tells this listener of all publications that no listener took yet and of those to come. */
    void onPublication(PublicationListener listener);

    /** Sites that ask to take part, oldest first. */
    List<EnrolmentRequest> requests();

    /**
     * Lets a site take part, after its fingerprint was compared.
     *
     * @param by the person who decides
     */
    Decided accept(String requestId, String by);

    /** Refuses a request for good; the site can see it. */
    Decided refuse(String requestId, String by);

    /**
     * Ends a site's part at once: its open connection ends, nothing from its key is accepted any more, all other sites are
     * told, and what it has not answered yet is answered with {@code Failed("REVOKED")}.
     */
    Decided revoke(PartyId site, String by);

    /** The portal's own name. */
    PartyId id();

    /** Short form of the portal's key, which the engineers of sites compare. */
    String fingerprint();
}
