package allmende.engine.extract;

import static allmende.engine.extract.Case.DIAGNOSE;
import static allmende.engine.extract.Case.FALL;
import static allmende.engine.extract.Case.MEDICATION;
import static allmende.engine.extract.Case.PERSON;
import static allmende.engine.extract.Case.STATEMENT;
import static allmende.engine.extract.Case.extraction;
import static allmende.engine.extract.Case.field;
import static allmende.engine.extract.Case.group;
import static allmende.engine.extract.Case.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import allmende.core.extraction.ConsentCheck;
import allmende.core.extraction.Extraction;
import allmende.engine.extract.Case.Memory;
import allmende.engine.index.Ward;
import allmende.engine.store.Store;
import allmende.engine.store.TestStores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class PipelineTest {

    private static final String SELF = group("p", PERSON, "", field("Patient.gender", false));
    private static final String LINKED = SELF
            + ","
            + group(
                    "c",
                    DIAGNOSE,
                    "",
                    field("Condition.code", true),
                    field("Condition.recordedDate", false),
                    field("Condition.encounter", false, "e"))
            + ","
            + group(
                    "e",
                    FALL,
                    ",'includeReferenceOnly':true",
                    field("Encounter.status", true),
                    field("Encounter.class", false))
            + ","
            + group("s", STATEMENT, "", field("MedicationStatement.medication[x]", true, "m"))
            + ","
            + group("m", MEDICATION, ",'includeReferenceOnly':true", field("Medication.code", false));

    @TempDir
    private Path work = Path.of("");

    private Store store = TestStores.empty();
    private final Memory sink = new Memory();

    @BeforeEach
    void fill() {
        Ward.write(
                store,
                patient("1"),
                condition("c1", "1", "'encounter':{'reference':'Encounter/e1','display':'Ward 7'}"),
                condition("c2", "1", "'encounter':{'reference':'http://here/fhir/Encounter/e2/_history/3'}"),
                condition("c3", "1", "'encounter':{'reference':'http://elsewhere/fhir/Encounter/e1'}"),
                condition("c4", "1", "'encounter':{'reference':'Encounter/stranger'}"),
                resource("Condition", "bare", "1", "", DIAGNOSE),
                encounter("e1", "1"),
                encounter("e2", "1"),
                encounter("e3", "1"),
                statement("s1", "1", "'medicationReference':{'reference':'Medication/m1'}"),
                statement("s2", "1", "'medicationReference':{'reference':'Medication/none'}"),
                statement(
                        "s3",
                        "1",
                        "'contained':[{'resourceType':'Medication','id':'in','code':{'text':'in it'},'batch':{'lotNumber':'7'}}],"
                                + "'medicationReference':{'reference':'#in'}"),
                medication("m1"),
                medication("m2"),
                patient("2"),
                encounter("stranger", "2"),
                condition("c9", "2", "'note':[{'text':'free'}]"),
                condition("lonely", "3", "'severity':{}"));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void followsReferencesOfEveryFormAndNoneToOtherPatients() throws IOException {
        ExtractReport report = Case.run(
                store, request(extraction(LINKED), store.currentT(), ConsentCheck.NONE, work, List.of("1")), sink);

        assertThat(sink.ids()).containsExactly("1", "c1", "c2", "c3", "c4", "e1", "e2", "m1", "s1", "s3");
        assertThat(sink.resource("c1").path("encounter").path("reference").asString(""))
                .isEqualTo("Encounter/e1");
        assertThat(sink.resource("c2").path("encounter").path("reference").asString(""))
                .isEqualTo("Encounter/e2");
        assertThat(sink.resource("c3").path("encounter").toString())
                .contains("masked")
                .doesNotContain("elsewhere");
        assertThat(sink.resource("c4").path("encounter").toString())
                .contains("masked")
                .doesNotContain("stranger");
        JsonNode inside = sink.resource("s3").path("contained").path(0);
        assertThat(inside.path("code").path("text").asString("")).isEqualTo("in it");
        assertThat(inside.has("batch")).isFalse();
        assertThat(sink.resource("m1").path("meta").toString()).contains(MEDICATION);
        assertThat(report.delivered()).isEqualTo(10);
        assertThat(rules(report))
                .containsExactlyInAnyOrder("field-missing c 1", "not-referred-to e 1", "link-lost s 1");
    }

    @Test
    void aPatientWithoutAnythingOfAGroupThatMustBeThereIsLeftOut() throws IOException {
        ExtractReport report =
                Case.run(store, request(extraction(LINKED), store.currentT(), ConsentCheck.NONE, work), sink);

        assertThat(sink.patients).containsExactly("1");
        assertThat(rules(report)).contains("group-empty Patient 1", "patient-absent Patient 19");
    }

    @Test
    void consentWithholdsResourcesAndPatients() throws IOException {
        ConsentCheck check = (consents, encounters) -> new ConsentCheck.Decisions() {
            @Override
            public @Nullable String refusal() {
                return encounters.size() == 1 ? "refused" : null;
            }

            @Override
            public @Nullable String withheld(JsonNode resource) {
                return resource.path("id").asString("").equals("c1") ? "too-early" : null;
            }
        };
        String groups = SELF + "," + group("c", DIAGNOSE, "", field("Condition.code", false));
        ExtractReport report = Case.run(
                store, request(extraction(groups), store.currentT(), check, work, List.of("1", "2", "nobody")), sink);

        assertThat(sink.ids()).containsExactly("1", "bare", "c2", "c3", "c4");
        assertThat(rules(report))
                .containsExactlyInAnyOrder("patient-unknown Patient 1", "refused Patient 1", "too-early Condition 1");
        Path ids = work.resolve(Pipeline.IDS);
        assertThat(Files.readString(ids)).contains("\"patient\":\"2\"", "\"resource\":\"Condition/c1\"", "\"nobody\"");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(ids)))
                .isEqualTo("rw-------");
    }

    @Test
    void readsWhatWasThereAtItsSnapshot() throws IOException {
        long before = store.currentT();
        Ward.write(store, condition("c1", "2", "'note':[]"), condition("new", "1", "'note':[]"));
        Ward.delete(store, "Condition", "c2");
        Ward.delete(store, "Medication", "m1");

        Case.run(store, request(extraction(LINKED), before, ConsentCheck.NONE, work, List.of("1")), sink);

        assertThat(sink.ids()).containsExactly("1", "c1", "c2", "c3", "c4", "e1", "e2", "m1", "s1", "s3");
    }

    @Test
    void filtersChooseByCodeAndDay() throws IOException {
        String filter =
                ",'filter':[{'type':'token','name':'code','codes':[{'system':'http://s','code':'x','display':''}]},"
                        + "{'type':'date','name':'recorded-date','start':'2021-01-01','end':'2021-12-31'}]";
        Ward.write(
                store,
                condition("late", "2", "'recordedDate':'2022-01-01'"),
                condition("year", "2", "'recordedDate':'2021'"),
                condition("other", "2", "'recordedDate':'2021-05-05'").replace("\"x\"", "\"y\""));
        String groups = SELF + "," + group("c", DIAGNOSE, filter, field("Condition.code", false));

        ExtractReport report = Case.run(
                store, request(extraction(groups), store.currentT(), ConsentCheck.NONE, work, List.of("2")), sink);

        assertThat(sink.ids()).containsExactly("2", "c9", "year");
        assertThat(rules(report)).containsExactlyInAnyOrder("filter-code c 1", "filter-date c 1");
    }

    @Test
    void circlesThatNobodyWantsAreSwept() throws IOException {
        Ward.write(
                store,
                encounter("a", "2").replace("'status'", "'partOf':{'reference':'Encounter/b'},'status'"),
                resource("Encounter", "b", "2", "'partOf':{'reference':'Encounter/a'},'status':'finished'", FALL));
        String groups =
                SELF + "," + group("e", FALL, ",'includeReferenceOnly':true", field("Encounter.partOf", false, "e"));

        Case.run(store, request(extraction(groups), store.currentT(), ConsentCheck.NONE, work, List.of("2")), sink);

        assertThat(sink.ids()).containsExactly("2");
    }

    @Test
    void goesOnWhereItWasStopped() throws IOException {
        Extraction extraction = extraction(SELF + "," + group("c", DIAGNOSE, "", field("Condition.code", false)));
        ExtractRequest request = request(extraction, store.currentT(), ConsentCheck.NONE, work);
        Memory whole = new Memory();
        ExtractReport expected =
                Case.run(store, request(extraction, store.currentT(), ConsentCheck.NONE, work.resolve("other")), whole);

        AtomicInteger batches = new AtomicInteger();
        Watch impatient = new Watch() {
            @Override
            public boolean stopped() {
                return batches.get() >= 1;
            }

            @Override
            public void advanced(ExtractProgress progress) {
                batches.incrementAndGet();
            }
        };
        ExtractReport first = Case.pipeline(store, 20, 2).run(request, sink, impatient);
        assertThat(first.complete()).isFalse();
        List<Integer> before = new ArrayList<>(sink.batches.keySet());
        ExtractReport second = Case.pipeline(store, 20, 2).run(request, sink, Watch.NONE);

        assertThat(before).isNotEmpty().doesNotContain(0);
        assertThat(second).isEqualTo(expected);
        assertThat(sink.batches).isEqualTo(whole.batches);
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        Extraction unknown =
                extraction(SELF + "," + group("x", "http://nobody/knows", "", field("Condition.code", false)));
        assertThatThrownBy(() -> Case.run(store, request(unknown, 1, ConsentCheck.NONE, work), sink))
                .isInstanceOf(ExtractFailed.class)
                .hasMessageContaining("http://nobody/knows");
    }

    private static List<String> rules(ExtractReport report) {
        return report.exclusions().stream()
                .map(each -> each.rule() + " " + each.subject() + " " + each.count())
                .toList();
    }

    private static String patient(String id) {
        return "{\"resourceType\":\"Patient\",\"id\":\"%s\",\"gender\":\"female\",\"birthDate\":\"1970\"}"
                .formatted(id);
    }

    private static String resource(String type, String id, String patient, String more, String profile) {
        return ("{'resourceType':'%s','id':'%s','meta':{'profile':['%s|1.0']},'subject':{'reference':'Patient/%s'}%s}")
                .formatted(type, id, profile, patient, more.isEmpty() ? "" : "," + more)
                .replace('\'', '"');
    }

    private static String condition(String id, String patient, String more) {
        String date = more.contains("recordedDate") ? "" : "'recordedDate':'2021-03-04',";
        return resource(
                "Condition",
                id,
                patient,
                date + "'code':{'coding':[{'system':'http://s','code':'x'}]}," + more,
                DIAGNOSE);
    }

    private static String encounter(String id, String patient) {
        return resource("Encounter", id, patient, "'status':'finished'", FALL);
    }

    private static String statement(String id, String patient, String more) {
        return resource("MedicationStatement", id, patient, "'status':'active'," + more, STATEMENT);
    }

    private static String medication(String id) {
        return "{\"resourceType\":\"Medication\",\"id\":\"%s\",\"meta\":{\"profile\":[\"%s\"]},\"code\":{\"text\":\"a\"}}"
                .formatted(id, MEDICATION);
    }
}
