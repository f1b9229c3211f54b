package allmende.app.federation.exchange;

import allmende.app.federation.PartyId;
import allmende.app.federation.trust.Claims;
import allmende.app.federation.trust.Rejection;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Takes messages of sites in one transaction of the portal's store. */
final class Taking {

    private final MessageStore.Session session;
    private final Predicate<PartyId> trusted;
    private final InstantSource clock;
    private final Map<String, Optional<Instant>> deadlines = new HashMap<>();

    Taking(MessageStore.Session session, Predicate<PartyId> trusted, InstantSource clock) {
        this.session = session;
        this.trusted = trusted;
        this.clock = clock;
    }

    Receipt take(HubExchange.Sent message) {
        Claims claims = message.claims();
        if (!trusted.test(claims.from())) {
            return Receipt.refused(Rejection.REVOKED_KEY);
        }
        long taken = session.taken(claims.from());
        if (claims.number() <= taken) {
            return new Receipt(taken, Rejection.REPLAYED);
        }
        if (claims.previous() > taken) {
            return new Receipt(taken, Rejection.GAP);
        }
        switch (claims.act()) {
            case ANSWER -> answer(claims, message.body());
            case PUBLISH ->
                session.publish(
                        new Published(claims.from(), claims.number(), claims.kind(), message.body(), clock.instant()));
            case ASK -> {
                // Sites ask nothing; the message is taken so that it does not come again.
            }
        }
        session.take(claims.from(), claims.number());
        return new Receipt(claims.number(), null);
    }

    private void answer(Claims claims, String body) {
        deadlines
                .computeIfAbsent(claims.task(), task -> session.question(task).map(Question::deadline))
                .ifPresent(deadline -> {
                    Instant now = clock.instant();
                    session.answer(new Answered(claims.task(), claims.from(), body, now, now.isAfter(deadline)));
                });
    }
}
