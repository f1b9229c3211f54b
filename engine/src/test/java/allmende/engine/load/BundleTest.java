package allmende.engine.load;

import static allmende.engine.load.Bundles.bundle;
import static allmende.engine.load.Bundles.identifier;
import static allmende.engine.load.Bundles.performer;
import static allmende.engine.load.Bundles.plain;
import static allmende.engine.load.Bundles.post;
import static allmende.engine.load.Bundles.postIfNone;
import static allmende.engine.load.Bundles.put;
import static allmende.engine.load.Bundles.resource;
import static allmende.engine.load.Bundles.subject;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What bundles mean. */
final class BundleTest {

    private static final String U1 = "11111111-1111-4111-8111-111111111111";
    private static final String U2 = "22222222-2222-4222-8222-222222222222";
    private static final String U3 = "33333333-3333-4333-8333-333333333333";
    private static final String SEARCH = "Practitioner?identifier=http://s.example|";

    @TempDir
    private Path folder;

    private final FakeStore store = new FakeStore();

    private LoadReport load(String... contents) throws IOException {
        for (int i = 0; i < contents.length; i++) {
            Files.writeString(folder.resolve("f" + i + ".json"), contents[i]);
        }
        return again();
    }

    private LoadReport again() {
        return new Loader(store).load(List.of(folder), LoadProgress.NONE);
    }

    private static String withRequest(String method, String url, String resource) {
        return "{" + (resource.isEmpty() ? "" : "\"resource\":" + resource + ",") + "\"request\":{\"method\":\""
                + method + "\",\"url\":\"" + url + "\"}}";
    }

    @Test
    void bytesStayAsTheyCameButForWhiteSpace() throws IOException {
        load("{\n  \"id\" : \"a\",\n \"resourceType\":\"Patient\", \"x\" : [ 1.50, \"\\u00e4 b\" ] }");
        assertThat(store.text("Patient", "a"))
                .isEqualTo("{\"id\":\"a\",\"resourceType\":\"Patient\",\"x\":[1.50,\"\\u00e4 b\"]}");
    }

    @Test
    void postGetsTheIdOfItsFullUrlAndReferencesFollow() throws IOException {
        String entries = bundle(
                "transaction",
                post(
                        U2,
                        "Observation",
                        subject("urn:uuid:" + U1)
                                + ",\"extension\":[{\"url\":\"u\",\"valueReference\":{\"reference\":\"urn:uuid:" + U1
                                + "\"}}],\"text\":{\"div\":\"<a href='urn:uuid:" + U1 + "'/>\"}"),
                post(U1, "Patient", ",\"id\":\"own\""));
        LoadReport report = load(entries);
        assertThat(report.stored()).isEqualTo(2);
        assertThat(store.text("Patient", U1)).isEqualTo("{\"resourceType\":\"Patient\",\"id\":\"" + U1 + "\"}");
        assertThat(store.text("Observation", U2))
                .isEqualTo("{\"resourceType\":\"Observation\",\"id\":\"" + U2
                        + "\",\"subject\":{\"reference\":\"Patient/"
                        + U1 + "\"},\"extension\":[{\"url\":\"u\",\"valueReference\":{\"reference\":\"Patient/" + U1
                        + "\"}}],\"text\":{\"div\":\"<a href='urn:uuid:" + U1 + "'/>\"}}");
        assertThat(store.current.values()).allMatch(write -> U1.equals(write.patientId()));
        assertThat(again().unchanged()).isEqualTo(2);
    }

    @Test
    void postWithoutUrnGetsAnIdOfItsContentAndOwnIdsFollow() throws IOException {
        String first = "{\"fullUrl\":\"https://a.example/Patient/p\",\"resource\":" + resource("Patient", "p", "")
                + ",\"request\":{\"method\":\"POST\",\"url\":\"Patient\"}}";
        String second = "{\"fullUrl\":\"https://a.example/Condition/c\",\"resource\":"
                + resource("Condition", "c", subject("Patient/p"))
                + ",\"request\":{\"method\":\"POST\",\"url\":\"Condition\"}}";
        String third =
                withRequest("POST", "Condition", resource("Condition", "d", subject("https://a.example/Patient/p")));
        load(bundle("transaction", first, second, third));
        String patient = store.current.keySet().stream()
                .filter(key -> key.type().equals("Patient"))
                .findFirst()
                .orElseThrow()
                .toString();
        assertThat(patient).isNotEqualTo("Patient/p");
        assertThat(store.texts().values())
                .filteredOn(text -> text.contains("\"reference\":\"" + patient + "\""))
                .hasSize(2);
        assertThat(again().unchanged()).isEqualTo(3);
    }

    @Test
    void absoluteReferencesWithinTheBundleBecomeLocalOthersStay() throws IOException {
        load(bundle(
                "transaction",
                put("Patient", "p", ""),
                put("Condition", "c", subject("http://a.example/Patient/p/_history/3")),
                put("Condition", "d", subject("http://b.example/Patient/p"))));
        assertThat(store.text("Condition", "c")).contains("\"reference\":\"Patient/p\"");
        assertThat(store.text("Condition", "d")).contains("\"reference\":\"http://b.example/Patient/p\"");
    }

    @Test
    void aTransactionIsAllOrNothingAndCountsItsEntries() throws IOException {
        LoadReport report = load(
                bundle("transaction", put("Patient", "a", ""), put("Patient", "b", ",\"birthDate\":\"x\"")),
                bundle("transaction", put("Patient", "c", "")));
        assertThat(report.received()).isEqualTo(3);
        assertThat(report.stored()).isEqualTo(1);
        assertThat(report.quarantined()).isEqualTo(2);
        assertThat(report.pieces()).isEqualTo(1);
        assertThat(store.quarantined()).singleElement().satisfies(entry -> {
            assertThat(entry.code()).isEqualTo("illegal-date");
            assertThat(entry.reason()).startsWith("entry[1]: Patient.birthDate").contains("2 entries");
        });
    }

    @Test
    void aBatchIsEachForItself() throws IOException {
        LoadReport report = load(bundle(
                "batch",
                put("Patient", "a", ""),
                put("Patient", "b", ",\"birthDate\":\"x\""),
                put("Patient", "a", ",\"active\":true"),
                withRequest("PUT", "Patient/z", resource("Patient", "y", "")),
                withRequest("PUT", "Patient/z", resource("Group", "z", "")),
                withRequest("PUT", "Patient/z", "{\"resourceType\":\"Patient\"}"),
                withRequest("PATCH", "Patient/z", resource("Patient", "z", "")),
                withRequest("GET", "Patient/z", ""),
                withRequest("PUT", "Patient/z", ""),
                plain("Patient", "q", ""),
                "{\"resource\":" + resource("Patient", "w", "")
                        + ",\"request\":{\"method\":\"PUT\",\"url\":\"Patient/w\",\"ifMatch\":\"W/\\\"1\\\"\"}}"));
        assertThat(store.texts()).containsOnlyKeys("Patient/a");
        assertThat(report.received()).isEqualTo(11);
        assertThat(store.codes())
                .isEqualTo(Map.of(
                        "entry[1]", "illegal-date",
                        "entry[2]", "duplicate-id",
                        "entry[3]", "id-mismatch",
                        "entry[4]", "type-mismatch",
                        "entry[5]", "missing-id",
                        "entry[6]", "unsupported-request",
                        "entry[7]", "unsupported-request",
                        "entry[8]", "invalid-entry",
                        "entry[9]", "invalid-entry",
                        "entry[10]", "unsupported-request"));
    }

    @Test
    void duplicateIdsRefuseATransaction() throws IOException {
        load(bundle("transaction", put("Patient", "a", ""), put("Patient", "a", "")));
        assertThat(store.codes()).isEqualTo(Map.of("", "duplicate-id"));
    }

    @Test
    void collectionsArePutByTheirIds() throws IOException {
        LoadReport report = load(
                bundle("collection", plain("Patient", "a", ""), "{\"resource\":{\"resourceType\":\"Patient\"}}"),
                bundle("searchset", plain("Patient", "b", "")),
                bundle("document", plain("Composition", "c", "")),
                bundle("history", plain("Patient", "d", "")));
        assertThat(report.stored()).isEqualTo(4);
        assertThat(store.codes()).isEqualTo(Map.of("", "unsupported-bundle"));
        assertThat(again().unchanged()).isEqualTo(4);
    }

    @Test
    void linesAreResourcesEvenIfBundlesUnlessTheyTellWhatToDo() throws IOException {
        Files.writeString(
                folder.resolve("a.ndjson"),
                bundle("transaction", put("Patient", "a", "")) + "\n"
                        + bundle("document", plain("Composition", "c", "")).replaceFirst("\\{", "{\"id\":\"doc\",")
                        + "\n"
                        + bundle("batch", put("Patient", "b", ""), put("Patient", "d", ",\"birthDate\":\"x\"")) + "\n"
                        + bundle("transaction", put("Patient", "e", ",\"birthDate\":\"x\"")) + "\n");
        again();
        assertThat(store.texts()).containsOnlyKeys("Patient/a", "Patient/b", "Bundle/doc");
        assertThat(store.codes()).isEqualTo(Map.of("line 3, entry[1]", "illegal-date", "line 4", "illegal-date"));
    }

    @Test
    void deletes() throws IOException {
        load(bundle("transaction", put("Patient", "a", ""), put("Patient", "b", identifier("B"))));
        LoadReport report = load(bundle(
                "transaction",
                withRequest("DELETE", "Patient/a", ""),
                withRequest("DELETE", "Patient?identifier=http://s.example|B", ""),
                withRequest("DELETE", "Patient?identifier=nobody", ""),
                withRequest("DELETE", "Patient/never", "")));
        assertThat(store.current).isEmpty();
        assertThat(report.stored()).isEqualTo(2);
        assertThat(report.unchanged()).isEqualTo(2);
    }

    @Test
    void createIfNoneExist() throws IOException {
        String bundle = bundle(
                "transaction",
                postIfNone(U1, "Practitioner", "N1"),
                postIfNone(U2, "Practitioner", "N1"),
                post(U3, "Observation", performer("urn:uuid:" + U2)));
        LoadReport report = load(bundle);
        assertThat(report.stored()).isEqualTo(2);
        assertThat(report.unchanged()).isEqualTo(1);
        assertThat(store.text("Observation", U3)).contains("\"reference\":\"Practitioner/" + U1 + "\"");
        assertThat(again().unchanged()).isEqualTo(3);
    }

    @Test
    void createIfNoneExistFindsWhatTheStoreHas() throws IOException {
        load(bundle("collection", plain("Practitioner", "known", identifier("N1"))));
        load(bundle(
                "transaction",
                postIfNone(U1, "Practitioner", "N1"),
                post(U3, "Observation", performer("urn:uuid:" + U1))));
        assertThat(store.text("Observation", U3)).contains("\"reference\":\"Practitioner/known\"");
        assertThat(store.text("Practitioner", U1)).isNull();
    }

    @Test
    void severalMatchesAreRefused() throws IOException {
        load(bundle(
                "collection",
                plain("Practitioner", "a", identifier("N")),
                plain("Practitioner", "b", identifier("N"))));
        load(
                bundle("transaction", postIfNone(U1, "Practitioner", "N")),
                bundle("batch", post(U2, "Observation", performer(SEARCH + "N"))));
        assertThat(store.codes()).isEqualTo(Map.of("", "ambiguous-match", "entry[0]", "ambiguous-match"));
    }

    @Test
    void conditionalUpdate() throws IOException {
        String update = withRequest(
                "PUT",
                "Patient?identifier=http%3A%2F%2Fs.example%7CX",
                "{\"resourceType\":\"Patient\",\"active\":true" + identifier("X") + "}");
        load(bundle("collection", plain("Patient", "x", identifier("X"))));
        load(bundle("batch", update));
        assertThat(store.texts()).containsOnlyKeys("Patient/x");
        assertThat(store.text("Patient", "x")).contains("\"active\":true");
        load(bundle(
                "batch",
                update.replace("{\"resourceType\":\"Patient\"", "{\"resourceType\":\"Patient\",\"id\":\"y\"")));
        assertThat(store.codes()).isEqualTo(Map.of("entry[0]", "id-mismatch"));
        load(bundle("batch", update.replace("7CX", "7CY").replace("\"X\"", "\"Y\"")));
        assertThat(store.texts()).hasSize(2);
    }

    @Test
    void conditionalReferencesFindWhatComesLaterInTheLoad() throws IOException {
        LoadReport report = load(
                bundle("transaction", post(U1, "Patient", ""), post(U2, "Observation", performer(SEARCH + "N1"))),
                bundle("batch", post(U3, "Observation", performer(SEARCH + "N2"))),
                bundle("collection", plain("Practitioner", "late1", identifier("N1"))),
                bundle("collection", plain("Practitioner", "late2", identifier("N2"))));
        assertThat(report.received()).isEqualTo(5);
        assertThat(report.stored()).isEqualTo(5);
        assertThat(store.text("Observation", U2)).contains("\"reference\":\"Practitioner/late1\"");
        assertThat(store.text("Observation", U3)).contains("\"reference\":\"Practitioner/late2\"");
    }

    @Test
    void waitingChainsAreFollowed() throws IOException {
        Files.writeString(
                folder.resolve("a.ndjson"),
                resource(
                                "Organization",
                                "c",
                                identifier("C") + ",\"partOf\":{\"reference\":\"Organization?identifier=B\"}")
                        + "\n"
                        + resource(
                                "Organization",
                                "b",
                                identifier("B") + ",\"partOf\":{\"reference\":\"Organization?identifier=A\"}")
                        + "\n" + resource("Organization", "a", identifier("A")) + "\n"
                        + resource("Organization", "d", ",\"partOf\":{\"reference\":\"Organization?identifier=none\"}")
                        + "\n");
        LoadReport report = again();
        assertThat(report.stored()).isEqualTo(3);
        assertThat(store.codes()).isEqualTo(Map.of("line 4", "unresolved-reference"));
    }

    @Test
    void thePatientIsKnownThroughAConditionalReference() throws IOException {
        load(bundle(
                "transaction",
                put("Patient", "p", identifier("P")),
                post(U1, "Condition", subject("Patient?identifier=P"))));
        assertThat(store.text("Condition", U1)).contains("\"reference\":\"Patient/p\"");
        assertThat(store.current.values()).allMatch(write -> "p".equals(write.patientId()));
    }

    @Test
    void retrySucceedsOnceTheMissingIsThere() throws IOException {
        load(
                bundle("transaction", post(U1, "Patient", ""), post(U2, "Observation", performer(SEARCH + "N"))),
                bundle(
                        "batch",
                        post(U3, "Observation", performer(SEARCH + "N") + subject("urn:uuid:" + U1)),
                        withRequest(
                                "POST",
                                "Observation",
                                "{\"resourceType\":\"Observation\"" + performer(SEARCH + "N") + "}"),
                        "{\"fullUrl\":\"urn:uuid:" + U1 + "\",\"resource\":{\"resourceType\":\"Patient\"},"
                                + "\"request\":{\"method\":\"POST\",\"url\":\"Patient\"}}"));
        Files.writeString(
                folder.resolve("l.ndjson"), resource("Observation", "l", performer(SEARCH + "N")) + "\nbad\n");
        again();
        assertThat(store.codes().keySet()).containsExactly("", "entry[0]", "entry[1]", "line 1", "line 2");

        RetryReport early = new Loader(store).retryAll(LoadProgress.NONE);
        assertThat(early.remaining()).isEqualTo(5);
        assertThat(store.quarantined()).hasSize(5);

        Files.writeString(folder.resolve("p.json"), resource("Practitioner", "doc", identifier("N")));
        Map<String, String> expected = rerunElsewhere();
        new Loader(store).load(List.of(folder.resolve("p.json")), LoadProgress.NONE);
        RetryReport late = new Loader(store).retryAll(LoadProgress.NONE);
        assertThat(late.left()).isEqualTo(4);
        assertThat(late.load().stored()).isEqualTo(4);
        assertThat(late.load().unchanged()).isEqualTo(1);
        assertThat(store.codes()).isEqualTo(Map.of("line 2", "malformed-json"));
        assertThat(store.texts()).isEqualTo(expected);
        assertThat(new Loader(store).retry(List.of(99L), LoadProgress.NONE).unknown())
                .isEqualTo(1);
    }

    private Map<String, String> rerunElsewhere() {
        FakeStore other = new FakeStore();
        new Loader(other).load(List.of(folder), LoadProgress.NONE);
        return other.texts();
    }
}
