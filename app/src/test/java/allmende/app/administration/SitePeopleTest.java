package allmende.app.administration;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.app.Chromium;
import allmende.app.Hospital;
import allmende.app.cli.Typed;
import allmende.app.identity.Access;
import allmende.app.server.Started;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** People at a site: local users and those of a provider, by their roles, over HTTP. */
class SitePeopleTest {

    private static final List<String> ROLES = List.of(
            "site-engineer",
            "data-steward",
            "transfer-office",
            "uac-member",
            "physician",
            "pharmacist",
            "patient",
            "auditor");

    private static FakeProvider provider;
    private static Path data;
    private static Started site;

    @BeforeAll
    static void start() throws Exception {
        provider = FakeProvider.start(0, FakeProvider.SECRET);
        data = Hospital.temporary("allmende-people");
        for (String role : ROLES) {
            List<String> words = new ArrayList<>(
                    List.of("user", "add", name(role), "--role", role, "--password-stdin", "--data", data.toString()));
            if (role.equals("patient")) {
                words.addAll(List.of("--patient", "p-own"));
            }
            Typed added = Typed.run(PeoplePortal.PASSWORD + "\n", words.toArray(String[]::new));
            assertThat(added.code()).as(added.err()).isZero();
        }
        Files.writeString(
                data.resolve("allmende.properties"),
                "oidc-issuer = " + provider.issuer() + "\noidc-client-id = " + FakeProvider.CLIENT
                        + "\noidc-client-secret = " + FakeProvider.SECRET + "\n");
        Files.writeString(data.resolve("oidc-roles.json"), """
                {"claim": "groups", "patient": "fhir_patient",
                 "roles": {"doctors": "physician", "revision": "auditor", "portal-users": "patient"}}
                """);
        site = Started.over(data, Access.LOGIN);
    }

    @AfterAll
    static void stop() {
        site.close();
        provider.close();
    }

    private static String name(String role) {
        return "l-" + role;
    }

    private static int status(String role, String path) throws Exception {
        return basic(role, path).statusCode();
    }

    private static HttpResponse<String> basic(String role, String path) throws Exception {
        return site.get(path, "Authorization", Started.basic(name(role), PeoplePortal.PASSWORD));
    }

    private static void person(String subject, String group, String patient) {
        provider.subject = subject;
        provider.about = Map.of("name", "Person " + subject, "groups", List.of(group), "fhir_patient", patient);
    }

    private static String bearer() {
        return "Bearer " + provider.signed(provider.claims());
    }

    @Test
    void localUsersReadByTheirRoles() throws Exception {
        for (String role : List.of("site-engineer", "data-steward", "physician", "pharmacist")) {
            assertThat(status(role, "/fhir/Patient/none")).as(role).isEqualTo(404);
        }
        for (String role : List.of("transfer-office", "uac-member", "patient", "auditor")) {
            assertThat(status(role, "/fhir/Patient/none")).as(role).isEqualTo(403);
        }
        assertThat(status("patient", "/fhir/Patient/p-own")).isEqualTo(404);
        assertThat(basic("patient", "/fhir/Patient/none").body()).contains("Patient/p-own");
        assertThat(basic("auditor", "/fhir/Patient/none").body()).contains("OperationOutcome", "forbidden");
    }

    @Test
    void pagesOpenByRole() {
        opens("site-engineer", "/site", List.of("/", "/site", "/site/audit"), List.of("/audit", "/my-data"));
        opens("uac-member", "/site", List.of("/", "/site"), List.of("/audit"));
        opens("physician", "/", List.of("/"), List.of("/site", "/audit", "/my-data"));
        opens("auditor", "/audit", List.of("/audit"), List.of("/", "/site", "/my-data"));
        opens("patient", "/my-data", List.of("/my-data"), List.of("/", "/site", "/audit"));
    }

    private static void opens(String role, String desk, List<String> open, List<String> shut) {
        Visitor visitor = new Visitor(site.url(), "en");
        assertThat(visitor.logIn(name(role))).as(role).isEqualTo(desk);
        for (String path : open) {
            assertThat(visitor.get(path).statusCode()).as(role + " " + path).isEqualTo(200);
        }
        for (String path : shut) {
            assertThat(visitor.get(path).statusCode()).as(role + " " + path).isEqualTo(403);
        }
    }

    @Test
    void whoMayOnlySeeTheDeskCannotPauseIt() {
        Visitor member = new Visitor(site.url(), "en");
        member.logIn(name("uac-member"));

        assertThat(member.post("/site/pause", Map.of()).statusCode()).isEqualTo(403);
    }

    @Test
    void theProviderGivesRolesAtASite() throws Exception {
        person("d-1", "doctors", "");
        Visitor doctor = new Visitor(site.url(), "de");
        assertThat(doctor.get("/login").body()).contains("localhost");
        assertThat(doctor.logInByProvider()).isEqualTo("/");
        assertThat(doctor.get("/").statusCode()).isEqualTo(200);
        assertThat(doctor.get("/audit").statusCode()).isEqualTo(403);
        assertThat(site.get("/fhir/Patient/none", "Authorization", bearer()).statusCode())
                .isEqualTo(404);

        person("r-1", "revision", "");
        Visitor auditor = new Visitor(site.url(), "de");
        assertThat(auditor.logInByProvider()).isEqualTo("/audit");
        assertThat(site.get("/fhir/Patient/none", "Authorization", bearer()).statusCode())
                .isEqualTo(403);
    }

    @Test
    void thePatientOfTheProviderReadsTheirOwnDataAlone() throws Exception {
        person("p-1", "portal-users", "p-7");
        assertThat(new Visitor(site.url(), "de").logInByProvider()).isEqualTo("/my-data");

        assertThat(site.get("/fhir/Patient/p-7", "Authorization", bearer()).statusCode())
                .isEqualTo(404);
        assertThat(site.get("/fhir/Patient/p-8", "Authorization", bearer()).statusCode())
                .isEqualTo(403);
        assertThat(site.get("/fhir/Observation/o-1", "Authorization", bearer()).statusCode())
                .isEqualTo(403);
    }

    @Test
    void whoHasNoRoleSeesNothing() throws Exception {
        person("n-1", "visitors", "p-7");
        Visitor stranger = new Visitor(site.url(), "de");
        stranger.logInByProvider();

        assertThat(stranger.get("/").statusCode()).isEqualTo(403);
        assertThat(stranger.get("/my-data").statusCode()).isEqualTo(403);
        assertThat(site.get("/fhir/Patient/p-7", "Authorization", bearer()).statusCode())
                .isEqualTo(403);
    }

    @Test
    void tokensOfNobodyAreToldInFhir() throws Exception {
        provider.subject = "never-here";
        HttpResponse<String> unknown = site.get("/fhir/Patient/p-7", "Authorization", bearer());
        HttpResponse<String> none = site.get("/fhir/Patient/p-7", "Authorization", "Bearer none");

        assertThat(unknown.statusCode()).isEqualTo(401);
        assertThat(unknown.body()).contains("OperationOutcome");
        assertThat(none.statusCode()).isEqualTo(401);
        assertThat(none.headers().firstValue("WWW-Authenticate"))
                .get()
                .asString()
                .contains("invalid_token");
    }

    @Test
    void aProgramsLoginLeavesTheBrowsersSessionAlone() throws Exception {
        Visitor doctor = new Visitor(site.url(), "en");
        doctor.logIn(name("physician"));

        for (String path : List.of("/cache/stats", "/fhir/Patient/none", "/fhir/metadata")) {
            HttpResponse<String> right = doctor.get(path, Started.basic(name("physician"), PeoplePortal.PASSWORD));
            HttpResponse<String> wrong = doctor.get(path, Started.basic(name("physician"), "wrong password"));
            assertThat(right.headers().allValues("Set-Cookie")).as(path).isEmpty();
            assertThat(wrong.headers().allValues("Set-Cookie")).as(path).isEmpty();
            assertThat(doctor.get("/").statusCode()).as(path).isEqualTo(200);
        }
    }

    @Test
    void theAuditorSeesWhoWasTurnedAwayAndChecksTheChains() throws Exception {
        status("auditor", "/fhir/Patient/p-seen");
        Visitor auditor = new Visitor(site.url(), "en");
        auditor.logIn(name("auditor"));

        String page = auditor.get("/audit?patient=Patient/p-seen").body();
        assertThat(page).contains("Patient/p-seen", name("auditor"), "HTTP 403");
        assertThat(auditor.get("/audit?patient=p-never").body()).contains("No access matches");
        assertThat(auditor.get("/audit?who=" + name("auditor") + "&from=2020-01-01&to=nonsense")
                        .body())
                .contains("Patient/p-seen");
        assertThat(auditor.post("/audit", Map.of()).body())
                .containsPattern(Pattern.compile("All [0-9,]+ accesses are as they were written"))
                .containsPattern(Pattern.compile("All [0-9,]+ entries of the trail"));

        Typed verified = Typed.run("audit", "verify", "--data", data.toString());
        assertThat(verified.code()).as(verified.out()).isZero();
        assertThat(verified.out()).contains("access log: intact", "audit trail: intact");
    }

    @Test
    void thePatientSeesWhoUsedTheirData() throws Exception {
        status("physician", "/fhir/Patient/p-own");
        status("uac-member", "/fhir/Patient/p-own");
        Visitor patient = new Visitor(site.url(), "de");
        patient.logIn(name("patient"));

        assertThat(patient.get("/my-data").body())
                .contains("Wer meine Daten genutzt hat", name("uac-member"))
                .contains("angesehen", "Name, Geburt, Anschrift", "wurde abgelehnt: nichts wurde gezeigt")
                .doesNotContain("p-seen", "Patient/p-own", "HTTP 403");
    }

    @ParameterizedTest
    @CsvSource({"en-GB,1280", "de-DE,360"})
    void pagesOfAuditorsAndPatientsAreAccessibleAndFit(String language, int width) throws Exception {
        Path executable = Chromium.find();
        status("uac-member", "/fhir/Patient/p-own");
        try (Chromium chromium = Chromium.start(executable)) {
            for (String role : List.of("auditor", "patient")) {
                chromium.look(language, width, page -> {
                    page.navigate(site.url() + "/login");
                    page.locator("#username").fill(name(role));
                    page.locator("#password").fill(PeoplePortal.PASSWORD);
                    page.keyboard().press("Enter");
                    page.waitForURL(url -> !url.contains("/login"));
                    assertThat(page.content()).contains(name("uac-member"));
                    Chromium.check(page);
                });
            }
        }
    }

    @Test
    void aFileOfUsersOfAnEarlierVersionStillLetsItsPeopleIn() throws Exception {
        String hash =
                new org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder(4).encode(PeoplePortal.PASSWORD);
        Path users = data.resolve("users.json");
        String before = Files.readString(users);
        Files.writeString(users, before.replace("{\"users\":{", "{\"users\":{\"former\":\"" + hash + "\","));
        try {
            assertThat(site.get("/fhir/Patient/none", "Authorization", Started.basic("former", PeoplePortal.PASSWORD))
                            .statusCode())
                    .isEqualTo(404);
        } finally {
            Files.writeString(users, before);
        }
    }
}
