package allmende.app.projects;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.app.cli.Typed;
import allmende.app.server.Started;
import allmende.core.digest.Sha256;
import allmende.engine.delivery.DeliveryCheck;
import allmende.engine.delivery.OwnKey;
import allmende.engine.delivery.Sealing;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Projects at a running site over a synthetic hospital, by commands and over HTTP, with the real parts. */
class ProjectJourneyTest {

    private static Town town;

    @AfterAll
    static void forget() {
        town = null;
    }

    @BeforeAll
    static void build() throws Exception {
        town = Town.shared();
    }

    private static Typed done(Typed typed) {
        assertThat(typed.code()).as(typed.err()).isZero();
        return typed;
    }

    private static void refused(Typed typed, String sentence) {
        assertThat(typed.code()).isNotZero();
        assertThat(typed.err()).contains(sentence);
    }

    /** Requests, checks and builds; the binding that people approve. */
    private static String ready(String id, boolean rare) throws Exception {
        done(town.request(id, rare));
        done(town.as("stefan", "check", id));
        return binding(town.as("stefan", "build", id));
    }

    /** What a build prints for people to approve. */
    private static String binding(Typed built) {
        Matcher binding =
                Pattern.compile("binding +([0-9a-f]{64})").matcher(done(built).out());
        assertThat(binding.find()).isTrue();
        return binding.group(1);
    }

    /** Fetches a delivery as its recipient, checks it and opens it. */
    private static Path received(String id, String token) throws Exception {
        JsonNode file = JsonMapper.shared()
                .readTree(fetch("", token).body())
                .path("files")
                .path(0);
        HttpResponse<byte[]> sealed = fetch("/files/" + file.path("name").asString(), token);
        assertThat(sealed.statusCode()).isEqualTo(200);
        assertThat(Sha256.hex(sealed.body())).isEqualTo(file.path("sha256").asString());
        Path received = town.files.resolve(id + ".cms");
        Files.write(received, sealed.body());
        Path folder = town.files.resolve("received-" + id);
        assertThat(Sealing.open(received, OwnKey.read(town.recipient.secret()).orElseThrow(), folder))
                .isInstanceOf(Sealing.Opened.Done.class);
        assertThat(DeliveryCheck.check(folder).toString()).contains("Checked");
        return folder;
    }

    private static String delivered(String id) throws Exception {
        String binding = ready(id, true);
        done(town.as("ada", "approve", id, binding));
        done(town.as("eve", "approve", id, binding));
        return done(town.as("ada", "deliver", id)).out().strip();
    }

    private static JsonNode status(String id) {
        return JsonMapper.shared().readTree(done(town.as("uwe", "status", id)).out());
    }

    private static HttpResponse<byte[]> fetch(String path, String token) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create(town.site.url() + "/api/deliveries" + path))
                            .header("Delivery-Token", token)
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
        }
    }

    private static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    @Test
    void aProjectRunsByCommandsUntilTheRecipientHasItsFiles() throws Exception {
        Path folder = received("TRIAL", delivered("TRIAL"));
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path one : files.filter(Files::isRegularFile).toList()) {
                all.append(Files.readString(one, StandardCharsets.ISO_8859_1));
            }
        }
        assertThat(all.toString())
                .contains("E75.2", "female")
                .doesNotContain("Geheimnis", "Gerda", "p-yes", "p-deny", "p-none", "1956-03-04");
        assertThat(status("TRIAL").path("build").path("patients").asInt()).isEqualTo(1);
    }

    @Test
    void nothingThatWasPlantedIsInTheOpenedDelivery() throws Exception {
        done(town.request("PLANTED", Town.everything()));
        done(town.as("stefan", "check", "PLANTED"));
        String binding = binding(town.as("stefan", "build", "PLANTED"));
        done(town.as("ada", "approve", "PLANTED", binding));
        done(town.as("eve", "approve", "PLANTED", binding));
        assertThat(OpenedDelivery.finds(status("PLANTED").toString(), town.planted))
                .isEmpty();
        Path folder = received(
                "PLANTED", done(town.as("ada", "deliver", "PLANTED")).out().strip());

        String all = OpenedDelivery.text(folder);
        assertThat(town.planted).hasSizeGreaterThan(50);
        assertThat(status("PLANTED").path("build").path("patients").asInt()).isGreaterThan(3);
        assertThat(all).as("codes, which do leave, read from Parquet").contains("parquet: female", "parquet: E75.2");
        assertThat(OpenedDelivery.finds(all, town.planted)).isEmpty();
        assertThat(Files.readString(folder.resolve("dictionary.csv"))).contains("the first month of the quarter only");
    }

    @Test
    void whoStandsOutIsLeftOutWhereTheOfficeWantsIt() throws Exception {
        String before = ready("RISK", false);
        JsonNode all = status("RISK").path("build");
        assertThat(all.path("report").path("standing").path("k").asInt()).isEqualTo(1);

        String after = binding(town.as("ada", "suppress", "RISK", "--k", "2"));

        JsonNode fewer = status("RISK").path("build");
        long gone = all.path("report").path("standing").path("losses").path("2").asLong();
        assertThat(fewer.path("suppressTo").asInt()).isEqualTo(2);
        assertThat(fewer.path("patients").asLong())
                .isEqualTo(all.path("patients").asLong() - gone);
        assertThat(fewer.path("report").path("standing").path("k").asInt()).isGreaterThanOrEqualTo(2);
        assertThat(fewer.path("report").path("exclusions").toString()).contains("group-below-2");
        refused(town.as("eve", "approve", "RISK", before), "is not what was approved");
        refused(town.as("ada", "approve", "RISK", after), "Who built it");
        refused(town.as("ada", "suppress", "RISK", "--k", "1"), "from 2 to 1,000");
        leftOut("RISK");
        sameBytesAgain("RISK");
    }

    /** The steward learns who it was, nobody else does. */
    private static void leftOut(String id) throws Exception {
        String path = "/api/projects/" + id + "/left-out";
        HttpResponse<String> ids = town.site.get(path, "Authorization", Started.basic("stefan", Town.PASSWORD));
        assertThat(ids.statusCode()).isEqualTo(200);
        assertThat(ids.body().lines())
                .startsWith("patient,resource,stage,rule,of")
                .contains("\"p-yes\",\"\",\"suppression\",\"group-below-2\",\"\"")
                .anyMatch(line -> line.contains("\"consent\",\"outside-collection\",\"Condition\""));
        for (String other : List.of("ada", "uwe")) {
            assertThat(town.site
                            .get(path, "Authorization", Started.basic(other, Town.PASSWORD))
                            .statusCode())
                    .isEqualTo(403);
        }
        assertThat(OpenedDelivery.text(town.data.resolve("audit"))).contains("left-out");
    }

    /** Building once more from the same snapshot yields the same files. */
    private static void sameBytesAgain(String id) throws Exception {
        ProjectDesk desk = town.site.bean(ProjectDesk.class);
        Build build = desk.newest(id).orElseThrow();
        Path there = town.data.resolve("builds").resolve(Long.toString(build.id()));
        Path again = Files.createDirectories(town.files.resolve("again").resolve("folder"));
        town.site
                .bean(Building.class)
                .build(
                        new Building.Order(
                                desk.find(id).orElseThrow(),
                                build.t(),
                                build.consentDay(),
                                build.at(),
                                build.suppressTo(),
                                new Building.Room(again, again.resolveSibling("left-out"))),
                        new Building.Watch() {
                            @Override
                            public void advanced(long done, long total) {}

                            @Override
                            public boolean cancelled() {
                                return false;
                            }
                        });
        assertThat(Files.readString(again.resolve("checksums.sha256")))
                .isEqualTo(Files.readString(there.resolve("checksums.sha256")));
        assertThat(Files.readString(again.resolve("README.md"))).contains("k = 2");
    }

    @Test
    void anErasedPatientIsATaskToDelete() throws Exception {
        town.put("Patient", "p-gone", """
                {"resourceType":"Patient","id":"p-gone","meta":{"profile":["%s"]},"gender":"male","birthDate":"1977-07-07"}\
                """.formatted(Town.PERSON));
        town.put("Condition", "c-gone", """
                {"resourceType":"Condition","id":"c-gone","meta":{"profile":["%s"]},
                 "code":{"coding":[{"system":"http://fhir.de/CodeSystem/bfarm/icd-10-gm","version":"2025",
                 "code":"E75.2"}]},"subject":{"reference":"Patient/p-gone"},"recordedDate":"2025-05-06"}\
                """.formatted(Town.DIAGNOSIS));
        town.consent("p-gone", "permit", "2025-01-02");
        String token = delivered("ERASED");
        ready("WAITING", true);

        done(Typed.run("erase", "p-gone", "--data", town.data.toString()));

        assertThat(text(fetch("/deletions", token))).contains("\"status\":\"requested\"");
        String file = JsonMapper.shared()
                .readTree(fetch("", token).body())
                .path("files")
                .path(0)
                .path("name")
                .asString();
        assertThat(fetch("/files/" + file, token).statusCode()).isEqualTo(403);
        refused(town.as("ada", "deliver", "WAITING"), "withdrawn");
        String build = status("WAITING").path("build").path("number").asString();
        assertThat(town.data.resolve("builds").resolve(build)).doesNotExist();
        assertThat(town.data.resolve("builds").resolve(build + ".left-out")).doesNotExist();
    }

    @Test
    void whoDeniesOrWasNeverAskedIsNowhereInIt() throws Exception {
        ready("DENY", true);
        assertThat(status("DENY").path("build").path("patients").asInt()).isEqualTo(1);
        ready("ALL", false);
        int patients = status("ALL").path("build").path("patients").asInt();
        assertThat(patients).isBetween(1, 26);
    }

    @Test
    void theOfficialAllDenyConsentReleasesNothing() throws Exception {
        String elsewhere = System.getenv("ALLMENDE_SHARED");
        Path shared =
                elsewhere != null ? Path.of(elsewhere) : Path.of(System.getProperty("allmende.root"), "..", "shared");
        Path example = shared.resolve("testdata/kds-consent/Example_MII_Consent_ResultType_ConsentStatus.xml");
        Assumptions.assumeTrue(Files.exists(example), "no published consent examples in ../shared");
        String id = "531cef77-2a30-4283-944d-affaf9ae234e";
        town.put("Patient", id, """
            {"resourceType":"Patient","id":"%s","meta":{"profile":["%s"]},"gender":"male","birthDate":"1950-01-01"}\
            """.formatted(id, Town.PERSON));
        town.put("Condition", "c-" + id, """
            {"resourceType":"Condition","id":"c-%s","meta":{"profile":["%s"]},
             "code":{"coding":[{"system":"http://fhir.de/CodeSystem/bfarm/icd-10-gm","version":"2025",
             "code":"E75.2"}]},"subject":{"reference":"Patient/%s"},"recordedDate":"2025-05-06"}\
            """.formatted(id, Town.DIAGNOSIS, id));
        town.write("Consent/5143266b-8d60-4b28-8ee9-635140ffa5bb", Files.readString(example), "application/fhir+xml");

        ready("OFFICIAL", true);
        JsonNode build = status("OFFICIAL").path("build");
        assertThat(build.path("patients").asInt())
                .as("the one who consents, and nobody else")
                .isEqualTo(1);
        assertThat(build.path("report").toString()).doesNotContain(id);
    }

    @Test
    void theGateHoldsForCommandsToo() throws Exception {
        String binding = ready("HELD", true);
        refused(town.as("stefan", "approve", "HELD", binding), "Your roles do not allow this step.");
        refused(town.as("uwe", "approve", "HELD", binding), "Your roles do not allow this step.");
        refused(town.as("ada", "approve", "HELD", "0".repeat(64)), "is not what was approved");
        done(town.as("ada", "approve", "HELD", binding));
        refused(town.as("ada", "approve", "HELD", binding), "You have approved it already");
        refused(town.as("ada", "deliver", "HELD"), "One person has approved it");
        refused(town.as("uwe", "revoke", "HELD", "--reason", "x"), "Your roles do not allow this step.");
        assertThat(fetch("", "guessed").statusCode()).isEqualTo(403);
    }

    @Test
    void aWithdrawalAfterTheDeliveryIsATaskForItsRecipient() throws Exception {
        String token = delivered("WITHDRAWN");
        try {
            town.consent("p-yes", "deny", LocalDate.now().toString());
            String file = JsonMapper.shared()
                    .readTree(fetch("", token).body())
                    .path("files")
                    .path(0)
                    .path("name")
                    .asString();
            HttpResponse<byte[]> refused = fetch("/files/" + file, token);
            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(text(refused)).contains("withdrawn");

            assertThat(done(town.as("ada", "deletions")).out()).contains("WITHDRAWN", "open", "use-not-permitted");
            JsonNode tasks =
                    JsonMapper.shared().readTree(fetch("/deletions", token).body());
            assertThat(tasks.path("entry")).hasSize(1);
            assertThat(tasks.toString()).contains("\"status\":\"requested\"").doesNotContain("p-yes");
        } finally {
            town.put("Consent", "consent-p-yes-deny", """
                {"resourceType":"Consent","id":"consent-p-yes-deny","status":"entered-in-error",
                 "patient":{"reference":"Patient/p-yes"}}\
                """);
        }
    }

    /** The report of article 15, by the interface for programs, to the office and to the patient. */
    @Test
    void aPatientLearnsWhoGotWhatByTheInterfaceToo() throws Exception {
        delivered("TOLD");
        String auth = "Authorization";
        HttpResponse<String> office = town.site.post(
                "/api/subjects/report",
                "{\"patient\":\"Patient/p-yes\"}",
                auth,
                Started.basic("stefan", Town.PASSWORD),
                "Content-Type",
                "application/json");
        HttpResponse<String> own = town.site.get("/api/my-data/report", auth, Started.basic("pia", Town.PASSWORD));
        for (HttpResponse<String> told : List.of(office, own)) {
            assertThat(told.statusCode()).isEqualTo(200);
            JsonNode report = JsonMapper.shared().readTree(told.body());
            assertThat(report.path("patient").asString()).isEqualTo("p-yes");
            assertThat(report.path("held").toString()).contains("Condition");
            assertThat(report.path("permissions").toString()).contains("\"permitted\":true", "nameEn");
            assertThat(report.path("disclosures").toString()).contains("TOLD", "Dr. Rike Forschung", "pseudonym");
        }
        assertThat(own.body()).as("the office's asking").contains("subject-report");
        for (String other : List.of("ada", "uwe", "pia")) {
            assertThat(town.site
                            .post(
                                    "/api/subjects/report",
                                    "{\"patient\":\"p-yes\"}",
                                    auth,
                                    Started.basic(other, Town.PASSWORD),
                                    "Content-Type",
                                    "application/json")
                            .statusCode())
                    .isEqualTo(403);
        }
        assertThat(town.site
                        .get("/api/my-data/report", auth, Started.basic("stefan", Town.PASSWORD))
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void theDataManagementSiteUnpacksWhatTheStoreHandsOver() throws Exception {
        String binding = ready("STORED", true);
        done(town.as("ada", "approve", "STORED", binding));
        done(town.as("eve", "approve", "STORED", binding));
        done(town.as("eve", "deliver", "STORED", "--store"));
        String found = town.site
                .get(
                        "/fhir/DocumentReference?identifier=" + Handover.PROJECT_IDENTIFIER + "%7CSTORED",
                        "Authorization",
                        "Bearer " + town.site.token())
                .body();
        JsonNode document =
                JsonMapper.shared().readTree(found).path("entry").path(0).path("resource");
        String url =
                document.path("content").path(0).path("attachment").path("url").asString();
        String binary = town.site
                .get("/fhir/" + url, "Authorization", "Bearer " + town.site.token(), "Accept", "application/fhir+json")
                .body();
        Path bundle = town.files.resolve("bundle.json");
        Files.writeString(
                bundle,
                "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[{\"resource\":" + document
                        + "},{\"fullUrl\":\"" + url + "\",\"resource\":" + binary + "}]}");
        Path key = town.files.resolve("own.pem");
        Files.writeString(key, town.recipient.secret());
        Path out = town.files.resolve("received-bundle");
        done(Typed.run("project", "receive", bundle.toString(), "--key", key.toString(), "--out", out.toString()));
        assertThat(out.resolve("STORED")).isNotEmptyDirectory();
    }
}
