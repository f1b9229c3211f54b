package allmende.app.federation.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.app.federation.Decided;
import allmende.app.federation.PartyId;
import allmende.app.federation.exchange.Enrolments.Reply;
import allmende.app.federation.trust.Application;
import allmende.app.federation.trust.Es256;
import allmende.app.federation.trust.SigningKey;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who takes part with which key and client certificate, by decision of a person. */
final class EnrolmentsTest {

    private static final PartyId PORTAL = new PartyId("portal");
    private static final PartyId KIEL = new PartyId("kiel");
    private static final Instant NOW = Instant.parse("2030-01-01T10:00:00Z");
    private static final String OLD = "0".repeat(64);
    private static final String RENEWED = "1".repeat(64);

    private final Self portal = new Self(PORTAL, "Portal", Es256.generate(), Es256::read);
    private final SigningKey key = Es256.generate();
    private final MemoryStore store = new MemoryStore();
    private final HubExchange hub =
            new HubExchange(portal, store, () -> NOW, () -> UUID.randomUUID().toString());
    private final Enrolments enrolments = new Enrolments(portal, hub, store, () -> NOW);

    private Reply apply(SigningKey signer, @Nullable String certificate) {
        return enrolments.apply(
                Application.seal(signer, KIEL, PORTAL, new Application.Profile("Kiel", certificate), NOW));
    }

    private Decided accept(SigningKey of) {
        return enrolments.accept(of.publicKey().thumbprint(), "admin");
    }

    private @Nullable String certificate() {
        return hub.parties().getFirst().certificate();
    }

    /** Client certificates run out; a site with its known key may show another one once a person has agreed. */
    @Test
    void aRenewedCertificateCountsOnceAPersonAccepts() {
        assertThat(apply(key, OLD)).isEqualTo(Reply.PENDING);
        assertThat(accept(key)).isEqualTo(Decided.DONE);
        assertThat(apply(key, OLD)).isEqualTo(Reply.ACCEPTED);

        assertThat(apply(key, RENEWED)).isEqualTo(Reply.PENDING);
        assertThat(certificate()).isEqualTo(OLD);
        assertThat(apply(key, OLD)).as("what is in force stays so meanwhile").isEqualTo(Reply.ACCEPTED);
        assertThat(accept(key)).isEqualTo(Decided.DONE);
        assertThat(certificate()).isEqualTo(RENEWED);
        assertThat(apply(key, RENEWED)).isEqualTo(Reply.ACCEPTED);
    }

    @Test
    void aRefusedRenewalChangesNothing() {
        apply(key, OLD);
        accept(key);
        apply(key, RENEWED);
        enrolments.refuse(key.publicKey().thumbprint(), "admin");
        assertThat(apply(key, RENEWED)).isEqualTo(Reply.REFUSED);
        assertThat(apply(key, OLD)).isEqualTo(Reply.ACCEPTED);
        assertThat(certificate()).isEqualTo(OLD);
    }

    @Test
    void aNewKeyNeedsTheEndOfTheOldOne() {
        apply(key, OLD);
        accept(key);
        SigningKey fresh = Es256.generate();
        assertThat(apply(fresh, OLD)).isEqualTo(Reply.PENDING);
        assertThat(accept(fresh)).isEqualTo(Decided.NAME_TAKEN);
        enrolments.revoke(KIEL, "admin");
        assertThat(accept(fresh)).isEqualTo(Decided.DONE);
        assertThat(apply(key, RENEWED)).as("a revoked key never comes back").isEqualTo(Reply.REVOKED);
    }
}
