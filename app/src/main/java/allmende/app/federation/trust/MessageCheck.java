package allmende.app.federation.trust;

import allmende.app.federation.PartyId;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Decides whether a signed statement is believed: by whom, to whom, when. Numbers and bodies are checked by who stores. */
public final class MessageCheck {

    /**
     * How far a signature's time may lie from the recipient's clock, either way: time on the way plus what the clocks
     * differ. Statements are signed afresh at each attempt, so a message may wait as long as it must.
     */
    public static final Duration CLOCK_ALLOWANCE = Duration.ofMinutes(5);

    private final PartyId self;
    private final KeyBook keys;

    /** Checks what is meant for {@code self}. */
    public MessageCheck(PartyId self, KeyBook keys) {
        this.self = self;
        this.keys = keys;
    }

    /** Checks a message's claims; the body's hash is for the caller, who may not have read the body yet. */
    public Checked<Claims> message(String jws, Instant now) {
        return check(
                Jws.open(jws, Jws.Use.MESSAGE),
                Claims::read,
                claims -> new Address(claims.from(), claims.to(), claims.at()),
                now);
    }

    /** Checks a call for messages. */
    public Checked<Call> call(String jws, Instant now) {
        return check(
                Jws.open(jws, Jws.Use.POLL), Call::read, call -> new Address(call.from(), call.to(), call.at()), now);
    }

    private <T> Checked<T> check(
            Jws.@Nullable Opened opened,
            Function<JsonNode, @Nullable T> reader,
            Function<T, Address> addressOf,
            Instant now) {
        if (opened == null) {
            return new Checked.Bad<>(Rejection.MALFORMED);
        }
        return switch (keys.standing(opened.key())) {
            case Standing.Unknown() -> new Checked.Bad<>(Rejection.UNKNOWN_KEY);
            case Standing.Revoked() -> new Checked.Bad<>(Rejection.REVOKED_KEY);
            case Standing.Trusted signer -> {
                if (!opened.signedBy(signer.key())) {
                    yield new Checked.Bad<>(Rejection.ALTERED);
                }
                T content = reader.apply(opened.statement());
                if (content == null) {
                    yield new Checked.Bad<>(Rejection.MALFORMED);
                }
                Rejection reason = reject(addressOf.apply(content), signer, now);
                yield reason == null ? new Checked.Good<>(content, signer) : new Checked.Bad<>(reason);
            }
        };
    }

    private @Nullable Rejection reject(Address address, Standing.Trusted signer, Instant now) {
        if (!address.from().equals(signer.party())) {
            return Rejection.FOREIGN_NAME;
        }
        if (!address.to().equals(self)) {
            return Rejection.WRONG_RECIPIENT;
        }
        return isFresh(address.at(), now) ? null : Rejection.STALE;
    }

    static boolean isFresh(Instant at, Instant now) {
        return Duration.between(at, now).abs().compareTo(CLOCK_ALLOWANCE) <= 0;
    }

    private record Address(PartyId from, PartyId to, Instant at) {}
}
