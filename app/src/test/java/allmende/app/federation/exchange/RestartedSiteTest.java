package allmende.app.federation.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.app.federation.Decided;
import allmende.app.federation.PartyId;
import allmende.app.federation.trust.Application;
import allmende.app.federation.trust.Es256;
import allmende.app.federation.trust.Rejection;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A site that ends and begins again while its portal goes on. */
final class RestartedSiteTest {

    private static final PartyId PORTAL = new PartyId("portal");
    private static final PartyId KIEL = new PartyId("kiel");

    private final Self portal = new Self(PORTAL, "Portal", Es256.generate(), Es256::read);
    private final Self site = new Self(KIEL, "Kiel", Es256.generate(), Es256::read);
    private final MemoryStore siteStore = new MemoryStore();
    private Instant now = Instant.parse("2030-01-01T10:00:00Z");

    private OutpostExchange started() {
        return new OutpostExchange(site, siteStore, () -> now, RestartedSiteTest::id);
    }

    private static String id() {
        return UUID.randomUUID().toString();
    }

    /** A portal refuses a recorded call; a site's calls after its restart must not look like those from before. */
    @Test
    void isHeardAtOnce() {
        MemoryStore store = new MemoryStore();
        HubExchange hub = new HubExchange(portal, store, () -> now, RestartedSiteTest::id);
        Enrolments enrolments = new Enrolments(portal, hub, store, () -> now);
        enrolments.apply(Application.seal(site.key(), KIEL, PORTAL, new Application.Profile("Kiel", null), now));
        assertThat(enrolments.accept(site.key().publicKey().thumbprint(), "admin"))
                .isEqualTo(Decided.DONE);
        OutpostExchange before = started();
        before.trustPortal(PORTAL, "Portal", portal.key().publicKey(), "eva");
        String run = run(hub, before);
        String recorded = before.call(run);
        assertThat(hub.call(recorded)).isInstanceOf(Caller.Known.class);
        for (int i = 0; i < 1_000; i++) {
            assertThat(hub.call(before.call(run))).isInstanceOf(Caller.Known.class);
        }
        now = now.plus(Duration.ofSeconds(3));
        OutpostExchange after = started();
        assertThat(run(hub, after)).isEqualTo(run);
        assertThat(hub.call(after.call(run))).isInstanceOf(Caller.Known.class);
        assertThat(hub.call(recorded)).isEqualTo(new Caller.Turned(Rejection.REPLAYED, run));
    }

    private static String run(HubExchange hub, OutpostExchange site) {
        if (hub.call(site.call("")) instanceof Caller.Turned(Rejection reason, String run)
                && reason == Rejection.OTHER_RUN) {
            return run;
        }
        throw new AssertionError("A call of no run is turned away");
    }
}
