package allmende.app.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What FHIR R4 and IHE's Basic Audit Log Patterns demand of an AuditEvent, for every action, caller and number of patients:
 * cardinalities, fixed codes and slices, as far as they concern what is written here.
 */
class AuditEventShapeTest {

    private static final String PROFILE = "https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit.";

    /** What a pattern fixes. */
    private record Pattern(String action, String subtype, String client, String server, boolean query) {}

    private static final Map<String, Pattern> PATTERNS = Map.of(
            "Read", new Pattern("R", "read", "110152", "110153", false),
            "Query", new Pattern("E", "search", "110153", "110152", true),
            "Create", new Pattern("C", "create", "110153", "110152", false),
            "Update", new Pattern("U", "update", "110153", "110152", false),
            "Delete", new Pattern("D", "delete", "110150", "custodian", false));

    private static List<JsonNode> events(Access.Action action) {
        List<JsonNode> events = new ArrayList<>();
        for (Access.Who.Kind kind : Access.Who.Kind.values()) {
            Access.Who who = new Access.Who("ada", kind, List.of("physician"), "127.0.0.1");
            for (Access.Patients patients : List.of(
                    Access.Patients.NONE,
                    Access.Patients.one("p1"),
                    Access.Patients.of(List.of("p1", "p2")),
                    Access.Patients.ALL)) {
                for (String type : List.of("Patient", "Observation")) {
                    Access access = Access.by(who, action)
                            .on(type, action == Access.Action.SEARCH ? null : "p1")
                            .asking(action == Access.Action.SEARCH ? List.of("code") : List.of())
                            .of(patients)
                            .at(7);
                    events.add(JsonMapper.shared()
                            .readTree(new AuditEventJson("Haus Nord").write(17, Instant.EPOCH, access)));
                }
            }
        }
        return events;
    }

    private static String code(JsonNode concept) {
        return concept.path("coding").path(0).path("code").asString("");
    }

    private static List<JsonNode> ofRole(JsonNode event, String role) {
        List<JsonNode> found = new ArrayList<>();
        for (JsonNode entity : event.path("entity")) {
            if (entity.path("role").path("code").asString("").equals(role)) {
                found.add(entity);
            }
        }
        return found;
    }

    @ParameterizedTest
    @EnumSource
    void everyEventIsWhole(Access.Action action) {
        for (JsonNode event : events(action)) {
            String told = event.toString();
            assertThat(event.path("type").path("code").asString("")).as(told).isNotEmpty();
            assertThat(event.path("subtype")).as(told).isNotEmpty();
            assertThat(event.path("recorded").asString("")).as(told).endsWith("Z");
            assertThat(event.path("source").path("observer").path("display").asString(""))
                    .as(told)
                    .isNotEmpty();
            int requestors = 0;
            for (JsonNode agent : event.path("agent")) {
                assertThat(agent.path("requestor").isBoolean()).as(told).isTrue();
                assertThat(agent.path("who").path("identifier").path("value").asString(""))
                        .as(told)
                        .isNotEmpty();
                requestors += agent.path("requestor").asBoolean() ? 1 : 0;
            }
            assertThat(requestors).as(told).isEqualTo(1);
            assertThat(event.path("agent")
                            .path(1)
                            .path("network")
                            .path("address")
                            .asString(""))
                    .as(told)
                    .isEqualTo("127.0.0.1");
            for (JsonNode entity : event.path("entity")) {
                assertThat(entity.has("name") && entity.has("query"))
                        .as("sev-1 " + told)
                        .isFalse();
                assertThat(entity.path("type").path("code").asString(""))
                        .as(told)
                        .isNotEmpty();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPatternIsClaimedOnlyWhereItIsFulfilled(Access.Action action) {
        for (JsonNode event : events(action)) {
            String claimed = event.path("meta").path("profile").path(0).asString("");
            if (claimed.isEmpty()) {
                continue;
            }
            String told = event.toString();
            String name = claimed.substring(PROFILE.length());
            boolean ofPatient = name.startsWith("Patient");
            Pattern pattern = PATTERNS.get(ofPatient ? name.substring("Patient".length()) : name);
            assertThat(event.path("type").path("code").asString()).as(told).isEqualTo("rest");
            List<String> subtypes = new ArrayList<>();
            event.path("subtype")
                    .forEach(subtype -> subtypes.add(subtype.path("code").asString()));
            assertThat(subtypes).as(told).contains(pattern.subtype());
            assertThat(event.path("action").asString()).as(told).isEqualTo(pattern.action());
            assertThat(event.path("outcome").asString()).as(told).isEqualTo("0");
            assertThat(event.path("agent").size()).as(told).isGreaterThanOrEqualTo(2);
            assertThat(code(event.path("agent").path(0).path("type"))).as(told).isEqualTo(pattern.server());
            assertThat(code(event.path("agent").path(1).path("type"))).as(told).isEqualTo(pattern.client());
            if (pattern.query()) {
                assertThat(ofRole(event, "24")).as(told).hasSize(1);
                assertThat(ofRole(event, "24").getFirst().has("query")).as(told).isTrue();
            } else {
                assertThat(ofRole(event, "4")).as(told).hasSize(1);
                assertThat(ofRole(event, "4").getFirst().at("/what/reference").asString(""))
                        .as(told)
                        .contains("/");
            }
            if (ofPatient) {
                assertThat(ofRole(event, "1")).as(told).hasSize(1);
                assertThat(ofRole(event, "1").getFirst().at("/what/reference").asString(""))
                        .as(told)
                        .isEqualTo("Patient/p1");
            }
        }
    }
}
