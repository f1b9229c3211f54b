package allmende.app.federation.policy;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.app.federation.IncomingTask;
import allmende.app.federation.PartyId;
import allmende.app.federation.Refusal;
import allmende.app.federation.TaskKind;
import allmende.app.federation.exchange.Gatekeeper.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.NullNode;

/** The file decides, at once, and a bad edit changes nothing. */
final class PolicyFileTest {

    private static final PartyId PORTAL = new PartyId("portal");

    @TempDir
    private Path folder;

    private Instant now = Instant.parse("2026-03-01T10:00:00Z");

    private PolicyFile policy(String text) throws IOException {
        Files.writeString(folder.resolve("policy.json"), text);
        return new PolicyFile(folder.resolve("policy.json"), () -> now);
    }

    private Verdict decide(PolicyFile policy, TaskKind kind, PartyId from, String role) {
        return policy.decide(new IncomingTask("t", kind, from, NullNode.getInstance(), now, now), role);
    }

    @Test
    void theFirstFileLetsQuestionsThroughAndNothingElse() {
        PolicyFile policy = new PolicyFile(folder.resolve("policy.json"), () -> now);
        assertThat(policy.problems()).isEmpty();
        assertThat(folder.resolve("policy.json")).content().contains("automatic");
        assertThat(decide(policy, TaskKind.FEASIBILITY, PORTAL, "RESEARCHER")).isEqualTo(new Verdict.Automatic());
        assertThat(decide(policy, TaskKind.STATISTICS, PORTAL, "")).isEqualTo(new Verdict.Refuse(Refusal.POLICY));
    }

    @Test
    void theFirstRuleThatFitsDecides() throws IOException {
        PolicyFile policy = policy("""
                {"rules": [
                  {"kind": "feasibility", "from": ["portal"], "roles": ["COORDINATION"], "release": "automatic"},
                  {"kind": "feasibility", "from": ["portal"], "roles": ["RESEARCHER"], "release": "click"}]}
                """);
        assertThat(decide(policy, TaskKind.FEASIBILITY, PORTAL, "COORDINATION")).isEqualTo(new Verdict.Automatic());
        assertThat(decide(policy, TaskKind.FEASIBILITY, PORTAL, "RESEARCHER")).isEqualTo(new Verdict.Click());
        assertThat(decide(policy, TaskKind.FEASIBILITY, PORTAL, "")).isEqualTo(new Verdict.Refuse(Refusal.POLICY));
        assertThat(decide(policy, TaskKind.FEASIBILITY, new PartyId("other"), "RESEARCHER"))
                .isEqualTo(new Verdict.Refuse(Refusal.POLICY));
    }

    @Test
    void aStolenPortalGetsNoMoreThanTheRateAndTheRateRecovers() throws IOException {
        PolicyFile policy = policy("""
                {"rules": [{"kind": "feasibility", "release": "automatic"}],
                 "rates": [{"kind": "feasibility", "perMinute": 6, "burst": 3}]}
                """);
        int through = 0;
        for (int i = 0; i < 1_000; i++) {
            // Invented requesters and roles make no difference: the asker is counted.
            through += decide(policy, TaskKind.FEASIBILITY, PORTAL, "ROLE" + i) instanceof Verdict.Automatic ? 1 : 0;
        }
        assertThat(through).isEqualTo(3);
        assertThat(decide(policy, TaskKind.FEASIBILITY, PORTAL, "")).isEqualTo(new Verdict.Refuse(Refusal.RATE));
        now = now.plusSeconds(10);
        assertThat(decide(policy, TaskKind.FEASIBILITY, PORTAL, "")).isEqualTo(new Verdict.Automatic());
        assertThat(decide(policy, TaskKind.FEASIBILITY, PORTAL, "")).isEqualTo(new Verdict.Refuse(Refusal.RATE));
    }

    @Test
    void aBadEditIsExplainedAndTheLastGoodVersionStays() throws IOException {
        PolicyFile policy = policy("{\"rules\": [], \"featuresOff\": [\"WITHIN\"]}");
        assertThat(policy.featuresOff()).containsExactly("WITHIN");
        Files.writeString(folder.resolve("policy.json"), "{\"rules\": [{\"kind\": \"feasability\"}], \"pause\": true}");
        assertThat(policy.problems())
                .anySatisfy(
                        problem -> assertThat(problem).contains("/rules/0/kind").contains("feasibility"))
                .anySatisfy(problem -> assertThat(problem).contains("/pause").contains("paused"));
        assertThat(policy.featuresOff()).containsExactly("WITHIN");
        Files.writeString(folder.resolve("policy.json"), "{\"rules\": [");
        assertThat(policy.problems()).singleElement().asString().contains("line 1");
        Files.writeString(folder.resolve("policy.json"), "{\"paused\": true, \"rules\": []}");
        assertThat(policy.problems()).isEmpty();
        assertThat(policy.isPaused()).isTrue();
        assertThat(decide(policy, TaskKind.FEASIBILITY, PORTAL, "")).isEqualTo(new Verdict.Refuse(Refusal.PAUSED));
    }

    @Test
    void withoutAGoodVersionEverythingIsRefused() throws IOException {
        PolicyFile policy = policy("nonsense");
        assertThat(policy.problems()).isNotEmpty();
        assertThat(decide(policy, TaskKind.FEASIBILITY, PORTAL, "")).isEqualTo(new Verdict.Refuse(Refusal.POLICY));
    }
}
