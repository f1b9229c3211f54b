package allmende.app.federation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is written is read again, and is what FHIR R4 wants of a Task. */
final class FederationTaskTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final PartyId PORTAL = new PartyId("portal");
    private static final PartyId SITE = new PartyId("kiel");
    private static final Instant SENT = Instant.parse("2026-03-01T10:00:00Z");
    private static final Instant DEADLINE = Instant.parse("2026-03-01T10:05:00Z");

    private static String question(JsonNode input) {
        return FederationTask.addressed(
                FederationTask.ask("t1", TaskKind.FEASIBILITY, PORTAL, new FederationTask.Times(SENT, DEADLINE), input),
                SITE);
    }

    private static IncomingTask asked() {
        return FederationTask.readQuestion(question(JSON.readTree("{\"a\":[1,\"ä\"]}")))
                .orElseThrow();
    }

    @Test
    void aQuestionIsReadAsItWasWritten() {
        assertThat(asked())
                .isEqualTo(new IncomingTask(
                        "t1", TaskKind.FEASIBILITY, PORTAL, JSON.readTree("{\"a\":[1,\"ä\"]}"), SENT, DEADLINE));
    }

    @Test
    void aQuestionIsATaskOfFhir() {
        JsonNode task = JSON.readTree(question(JSON.readTree("{}")));
        assertThat(task.path("resourceType").asString()).isEqualTo("Task");
        assertThat(task.path("status").asString()).isEqualTo("requested");
        assertThat(task.path("intent").asString()).isEqualTo("order");
        assertThat(task.at("/owner/identifier/value").asString()).isEqualTo("kiel");
        assertThat(task.at("/requester/identifier/value").asString()).isEqualTo("portal");
        assertThat(task.at("/input/0/type/coding/0/code").asString()).isEqualTo("question");
        assertThat(task.at("/restriction/period/end").asString()).isEqualTo("2026-03-01T10:05:00Z");
    }

    @Test
    void longContentTravelsAsBase64() {
        JsonNode input = JSON.createObjectNode().put("text", "ü".repeat(FederationTask.STRING_MAX_CHARACTERS));
        String body = question(input);
        assertThat(JSON.readTree(body).at("/input/0").has("valueBase64Binary")).isTrue();
        assertThat(FederationTask.readQuestion(body).orElseThrow().input()).isEqualTo(input);
    }

    @Test
    void whatIsTooLongIsRefused() {
        JsonNode input = JSON.createObjectNode().put("text", "x".repeat(FederationTask.BODY_MAX_CHARACTERS));
        assertThatThrownBy(() -> question(input)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void everyOutcomeIsReadAsItWasWritten() {
        for (TaskOutcome outcome : new TaskOutcome[] {
            new TaskOutcome.Completed(JSON.readTree("{\"n\":1}")),
            new TaskOutcome.Failed("NOT_READY"),
            new TaskOutcome.Refused(Refusal.RATE, null),
            new TaskOutcome.Refused(Refusal.DECLINED, "Zu selten")
        }) {
            String body = FederationTask.answer(asked(), SITE, outcome, DEADLINE);
            assertThat(FederationTask.readAnswer(body)).contains(outcome);
        }
    }

    @Test
    void aSiteWhoseClockIsSlowDoesNotAnswerBeforeItWasAsked() {
        String body = FederationTask.answer(asked(), SITE, new TaskOutcome.Failed("X"), SENT.minusSeconds(90));
        assertThat(JSON.readTree(body).path("lastModified").asString()).isEqualTo("2026-03-01T10:00:00Z");
    }

    @Test
    void whatIsNoTaskIsNotRead() {
        assertThat(FederationTask.readQuestion("{")).isEmpty();
        assertThat(FederationTask.readQuestion("{\"resourceType\":\"Task\",\"status\":\"requested\"}"))
                .isEmpty();
        assertThat(FederationTask.readAnswer("[]")).isEmpty();
        assertThat(FederationTask.readAnswer("{\"status\":\"rejected\"}")).isEmpty();
    }
}
