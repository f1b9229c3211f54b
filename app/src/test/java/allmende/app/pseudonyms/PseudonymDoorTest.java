package allmende.app.pseudonyms;

import static allmende.app.pseudonyms.DoorBodies.bundle;
import static allmende.app.pseudonyms.DoorBodies.call;
import static allmende.app.pseudonyms.DoorBodies.entry;
import static allmende.app.pseudonyms.DoorBodies.group;
import static allmende.app.pseudonyms.DoorBodies.identifier;
import static allmende.app.pseudonyms.DoorBodies.parameters;
import static allmende.app.pseudonyms.DoorBodies.part;
import static org.assertj.core.api.Assertions.assertThat;

import allmende.app.Hospital;
import allmende.app.audit.AuditLog;
import allmende.app.cli.Typed;
import allmende.app.identity.Access;
import allmende.app.server.Started;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The doors of pseudonyms over HTTP: what existing clients send and get, who may, and what is kept of it. */
class PseudonymDoorTest {

    private static final String PASSWORD = "Gemeingut macht schlau";
    private static final String MII = "/pseudonyms/fhir";
    private static final String GPAS = "/ttp-fhir/fhir/gpas";
    private static final String URL = "http://site.example";
    private static final String SECRET = "Mustermann-4711";

    private static Path data;
    private static Started site;
    private static ECKey key;

    @BeforeAll
    static void start() throws Exception {
        data = Hospital.temporary("allmende-psn-doors");
        for (String person :
                List.of("tina:trust-centre", "tom:trust-centre", "egon:site-engineer", "dora:data-steward")) {
            String[] parts = person.split(":");
            Typed added = Typed.run(PASSWORD + "\n", new String[] {
                "user", "add", parts[0], "--role", parts[1], "--password-stdin", "--data", "" + data
            });
            assertThat(added.code()).as(added.err()).isZero();
        }
        key = new ECKeyGenerator(Curve.P_384).keyIDFromThumbprint(true).generate();
        client("pipeline", "system/Pseudonym.cr system/PseudonymOriginal.r");
        client("exporter", "system/*.cruds");
        client("mover", "system/PseudonymMapping.c");
        Files.writeString(data.resolve("allmende.properties"), "url = " + URL + "\n");
        site = Started.over(data, Access.LOGIN);
        domain("visits", null, true);
        domain("projects", "visits", true);
        domain("kept", null, false);
    }

    private static void client(String id, String scopes) throws Exception {
        Path file = Files.writeString(
                Files.createTempFile("key", ".json"), key.toPublicJWK().toJSONString());
        Typed added = Typed.run(
                "", new String[] {"client", "add", id, "--key", "" + file, "--scope", scopes, "--data", "" + data});
        assertThat(added.code()).as(added.err()).isZero();
    }

    /** Made past the page, which the browser test drives. */
    private static void domain(String name, String parent, boolean deletes) {
        PseudonymService service = service();
        NewDomain usual = NewDomain.usual(name);
        assertThat(service.add(
                        new NewDomain(
                                name, parent, usual.form(), new PseudonymDomain.Policy(name.equals("kept"), deletes)),
                        "tina"))
                .isInstanceOf(Result.Done.class);
    }

    private static PseudonymService service() {
        return site.bean(PseudonymService.class);
    }

    @AfterAll
    static void stop() {
        if (site != null) {
            site.close();
        }
    }

    private static String basic(String name) {
        return Started.basic(name, PASSWORD);
    }

    private static HttpResponse<String> send(String who, String path, String body) throws Exception {
        return site.post(path, body, "Authorization", who, "Content-Type", "application/fhir+json");
    }

    private static JsonNode json(HttpResponse<String> response) {
        return JsonMapper.shared().readTree(response.body());
    }

    private static String pseudonym(String who, String context, String value) throws Exception {
        HttpResponse<String> made = send(who, MII + "/$pseudonymize", call(context, value));
        assertThat(made.statusCode()).as(made.body()).isEqualTo(200);
        return json(made)
                .path("parameter")
                .path(2)
                .path("valueIdentifier")
                .path("value")
                .asString();
    }

    private static void refused(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(json(answer).path("resourceType").asString()).isEqualTo("OperationOutcome");
        assertThat(json(answer).path("issue").path(0).path("code").asString()).isEqualTo(code);
        assertThat(answer.body()).doesNotContain(SECRET);
    }

    private static String token(String id, String scope) throws Exception {
        SignedJWT jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES384)
                        .keyID(key.getKeyID())
                        .type(JOSEObjectType.JWT)
                        .build(),
                new JWTClaimsSet.Builder()
                        .issuer(id)
                        .subject(id)
                        .audience(URL + "/auth/token")
                        .jwtID(UUID.randomUUID().toString())
                        .expirationTime(Date.from(Instant.now().plus(Duration.ofMinutes(4))))
                        .build());
        jwt.sign(new ECDSASigner(key));
        HttpResponse<String> answer = site.post(
                "/auth/token",
                "grant_type=client_credentials&client_assertion_type="
                        + URLEncoder.encode(
                                "urn:ietf:params:oauth:client-assertion-type:jwt-bearer", StandardCharsets.UTF_8)
                        + "&client_assertion=" + jwt.serialize() + "&scope="
                        + URLEncoder.encode(scope, StandardCharsets.UTF_8),
                "Content-Type",
                "application/x-www-form-urlencoded");
        return "Bearer " + json(answer).path("access_token").asString("");
    }

    @Test
    void aPseudonymIsMadeReadAndDeleted() throws Exception {
        String tina = basic("tina");

        refused(send(tina, MII + "/$get-pseudonym", call("visits", SECRET)), 404, "not-found");
        String made = pseudonym(tina, "visits", SECRET);
        assertThat(pseudonym(tina, "visits", SECRET)).isEqualTo(made);
        HttpResponse<String> read = send(tina, MII + "/$get-pseudonym", call("visits", SECRET));
        assertThat(read.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(read.body()).contains(made, "\"system\":\"urn:s\"", SECRET);
        HttpResponse<String> deleted = send(tina, MII + "/$delete-pseudonym", call("visits", SECRET));
        assertThat(deleted.body()).contains("OperationOutcome", "MSG_DELETED");
        refused(send(tina, MII + "/$delete-pseudonym", call("visits", SECRET)), 404, "not-found");
        pseudonym(tina, "visits", SECRET);
        assertThat(send(tina, MII + "/$anonymize-original", call("visits", SECRET))
                        .body())
                .contains("MSG_UPDATED");
        refused(send(tina, MII + "/$get-pseudonym", call("visits", SECRET)), 404, "not-found");
    }

    @Test
    void whatCanNotBeIsToldInCodes() throws Exception {
        String tina = basic("tina");

        refused(send(tina, MII + "/$pseudonymize", call("nowhere", SECRET)), 404, "not-found");
        refused(send(tina, MII + "/$pseudonymize", call("projects", SECRET)), 422, "business-rule");
        refused(send(tina, MII + "/$delete-pseudonym", call("kept", SECRET)), 405, "not-supported");
        refused(send(tina, MII + "/$pseudonymize", parameters(identifier("context", "visits"))), 400, "required");
        refused(send(tina, MII + "/$pseudonymize", "{"), 400, "invalid");
        refused(send(tina, MII + "/$other", call("visits", SECRET)), 404, "not-supported");
        HttpResponse<String> get = site.get(MII + "/$pseudonymize?original=" + SECRET, "Authorization", tina);
        assertThat(get.statusCode()).isEqualTo(405);
        assertThat(get.body()).contains("OperationOutcome").doesNotContain(SECRET);
    }

    @Test
    void severalPseudonymsAndTheOlderNameOfTheContext() throws Exception {
        String body = parameters(
                "{\"name\":\"target\",\"valueString\":\"kept\"}",
                identifier("original", "multi"),
                "{\"name\":\"count\",\"valueInteger\":3}");

        JsonNode made = json(send(basic("tina"), MII + "/$pseudonymize-multiple", body));
        JsonNode all = json(send(basic("tina"), MII + "/$pseudonymize-multiple", body.replace(":3}", ":0}")));

        assertThat(made.path("parameter")).hasSize(3);
        assertThat(all).isEqualTo(made);
        assertThat(made.at("/parameter/0/part/0").toString())
                .isEqualTo("{\"name\":\"target\",\"valueString\":\"kept\"}");
        refused(
                send(basic("tina"), MII + "/$pseudonymize-multiple", body.replace("\"kept\"", "\"visits\"")),
                400,
                "not-supported");
    }

    @Test
    void listsComeAsBundles() throws Exception {
        String entries = Stream.of(
                        entry("$pseudonymize", call("visits", "l-1")),
                        entry("$pseudonymize", call("visits", "l-2")),
                        entry("$pseudonymize", call("nowhere", "l-3")),
                        entry("$get-pseudonym", call("visits", "never")),
                        "{\"request\":{\"method\":\"GET\",\"url\":\"Patient\"}}")
                .reduce((a, b) -> a + "," + b)
                .orElseThrow();
        JsonNode batch = json(send(basic("tina"), MII, bundle("batch", entries)));

        assertThat(batch.path("type").asString()).isEqualTo("batch-response");
        assertThat(batch.path("entry")
                        .valueStream()
                        .map(entry -> entry.path("response").path("status").asString()))
                .containsExactly("200 OK", "200 OK", "404", "404", "400");
        String first = entry("$pseudonymize", call("visits", "t-1"));
        refused(
                send(
                        basic("tina"),
                        MII,
                        bundle("transaction", first + "," + entry("$get-pseudonym", call("visits", "never")))),
                404,
                "not-found");
        refused(send(basic("tina"), MII + "/$get-pseudonym", call("visits", "t-1")), 404, "not-found");
        String mixed = entry("$pseudonymize", call("projects", pseudonym(basic("tina"), "visits", "l-1"))) + ","
                + entry("$pseudonymize", call("projects", "no pseudonym of the parent"));
        refused(send(basic("tina"), MII, bundle("transaction", mixed)), 422, "business-rule");
        assertThat(service().domain("projects").orElseThrow().held()).isZero();
        JsonNode apart = json(send(basic("tina"), MII, bundle("batch", mixed)));
        assertThat(apart.at("/entry/0/response/status").asString()).isEqualTo("200 OK");
        assertThat(apart.at("/entry/1/response/status").asString()).isEqualTo("422");
        JsonNode transaction = json(send(basic("tina"), MII, bundle("transaction", first)));
        assertThat(transaction.path("type").asString()).isEqualTo("transaction-response");
        assertThat(pseudonym(basic("tina"), "visits", "t-1"))
                .isEqualTo(transaction
                        .at("/entry/0/resource/parameter/2/valueIdentifier/value")
                        .asString());
    }

    @Test
    void theDialectOfTheTrustCentreSoftware() throws Exception {
        String values = "{\"name\":\"target\",\"valueString\":\"visits\"},"
                + "{\"name\":\"original\",\"valueString\":\"g-1\"},{\"name\":\"original\",\"valueString\":\"g-2\"}";
        JsonNode unknown = json(send(basic("tina"), GPAS + "/$pseudonymize", parameters(values)));
        JsonNode made = json(send(basic("tina"), GPAS + "/$pseudonymizeAllowCreate", parameters(values)));

        assertThat(unknown.at("/parameter/0/name").asString()).isEqualTo("error");
        assertThat(unknown.at("/parameter/0/part/2/valueCoding/code").asString())
                .isEqualTo("not-found");
        assertThat(made.at("/parameter/1/part/0/valueIdentifier/value").asString())
                .isEqualTo("g-2");
        assertThat(made.at("/parameter/1/part/1/valueIdentifier/value").asString())
                .isEqualTo("visits");
        assertThat(made.at("/parameter/1/part/2/name").asString()).isEqualTo("pseudonym");
        assertThat(json(send(basic("tina"), GPAS + "/$pseudonymize-allow-create", parameters(values))))
                .isEqualTo(made);
        assertThat(json(send(basic("tina"), GPAS + "/$pseudonymize", parameters(values))))
                .isEqualTo(made);
        refused(
                send(basic("tina"), GPAS + "/$pseudonymize", parameters(values.replace("visits", "nowhere"))),
                404,
                "not-found");
        assertThat(site.get(GPAS + "/metadata").body()).contains("pseudonymizeAllowCreate");
    }

    @Test
    void morePseudonymsOfAnOriginalInTheDialect() throws Exception {
        String count = "{\"name\":\"count\",\"valueInteger\":2}";
        String body = parameters(
                group("original", part("target", "kept"), part("value", "sec-1"), count),
                group("original", part("target", "visits"), part("value", "sec-1"), count),
                group("original", part("target", "nowhere"), part("value", "sec-1"), count));
        JsonNode made = json(send(basic("tina"), GPAS + "/$pseudonymize-secondary", body));
        assertThat(made.path("parameter")
                        .valueStream()
                        .map(parameter -> parameter.path("name").asString()))
                .containsExactly("secondarypseudonym", "secondarypseudonym", "error", "error");
        assertThat(made.at("/parameter/0/part/1/valueIdentifier/value").asString())
                .isEqualTo("sec-1");
        assertThat(made.at("/parameter/0/part/2/valueIdentifier/value").asString())
                .isNotEqualTo(
                        made.at("/parameter/1/part/2/valueIdentifier/value").asString());
        assertThat(made.at("/parameter/3/part/2/valueCoding/code").asString()).isEqualTo("not-found");
        refused(send(basic("tina"), GPAS + "/$pseudonymize-secondary", body.replace(":2}", ":0}")), 400, "invalid");
        refused(send(basic("dora"), GPAS + "/$pseudonymize-secondary", body), 403, "forbidden");
    }

    @Test
    void pairsThatWereMadeElsewhere() throws Exception {
        String given = NewDomain.usual("x").form().draw(new SecureRandom());
        String body = parameters(
                part("target", "visits"), group("pair", part("original", SECRET + "-pair"), part("pseudonym", given)));
        String door = GPAS + "/$insertValuePseudonymPairs";

        refused(send(basic("dora"), door, body), 403, "forbidden");
        refused(send(token("pipeline", "system/Pseudonym.cr"), door, body), 403, "forbidden");
        refused(send(token("exporter", "system/*.cruds"), door, body), 403, "forbidden");
        String mover = token("mover", "system/PseudonymMapping.c");
        HttpResponse<String> taken = send(mover, door, body);
        assertThat(taken.statusCode()).as(taken.body()).isEqualTo(200);
        assertThat(pseudonym(basic("tina"), "visits", SECRET + "-pair")).isEqualTo(given);
        refused(send(mover, MII + "/$get-pseudonym", call("visits", SECRET + "-pair")), 403, "forbidden");
        refused(send(basic("tina"), door, body.replace(SECRET + "-pair", "somebody else")), 409, "conflict");
        refused(send(basic("tina"), door, body.replace(given, "no pseudonym")), 422, "invalid");
        refused(send(basic("tina"), door, parameters(part("target", "visits"))), 400, "required");
        assertThat(site.bean(AuditLog.class)
                        .entries("mapping-imported", Long.MAX_VALUE, 9)
                        .toString())
                .contains("mover", "1 new of 1")
                .doesNotContain(SECRET, given);
    }

    @Test
    void resolvingWantsAGrant() throws Exception {
        String made = pseudonym(basic("tina"), "visits", "resolve-me");
        String ask = parameters(identifier("context", "visits"), identifier("pseudonym", made));
        String dialect =
                parameters("{\"name\":\"target\",\"valueString\":\"visits\"},{\"name\":\"pseudonym\",\"valueString\":\""
                        + made + "\"}");
        ResolveDesk desk = site.bean(ResolveDesk.class);

        refused(send(basic("tina"), MII + "/$de-pseudonymize", ask), 403, "forbidden");
        assertThat(json(send(basic("tina"), GPAS + "/$dePseudonymize", dialect))
                        .at("/parameter/0/part/2/valueCoding/code")
                        .asString())
                .isEqualTo("forbidden");
        desk.ask(new ResolveDesk.Wish("visits", List.of(made), "a finding to be told", "pipeline"), "tina");
        String id = desk.newest(1).getFirst().id();
        assertThat(desk.grant(id, "tom", Duration.ofHours(1))).isEqualTo(ResolveDesk.Step.DONE);

        assertThat(json(send(basic("tina"), MII + "/$de-pseudonymize", ask))
                        .at("/parameter/0/part/1/valueIdentifier/value")
                        .asString())
                .isEqualTo("resolve-me");
        assertThat(send(basic("tina"), GPAS + "/$dePseudonymize", dialect).body())
                .contains("resolve-me");
        refused(send(basic("tom"), MII + "/$de-pseudonymize", ask), 403, "forbidden");
        assertThat(send(token("pipeline", "system/PseudonymOriginal.r"), MII + "/$de-pseudonymize", ask)
                        .body())
                .contains("resolve-me");
        refused(send(token("pipeline", "system/Pseudonym.cr"), MII + "/$de-pseudonymize", ask), 403, "forbidden");
    }

    @Test
    void onlyTheTrustCentreAndProgramsRegisteredForIt() throws Exception {
        String body = call("visits", "m-1");

        refused(site.post(MII + "/$pseudonymize", body), 401, "login");
        refused(send(basic("egon"), MII + "/$pseudonymize", body), 403, "forbidden");
        refused(send(basic("dora"), GPAS + "/$pseudonymize", body), 403, "forbidden");
        refused(send(token("exporter", "system/*.cruds"), MII + "/$pseudonymize", body), 403, "forbidden");
        refused(
                send(token("exporter", "system/Pseudonym.c system/*.r"), MII + "/$pseudonymize", body),
                403,
                "forbidden");
        String pipeline = token("pipeline", "system/Pseudonym.cr");
        pseudonym(pipeline, "visits", "m-1");
        refused(send(pipeline, MII + "/$delete-pseudonym", body), 403, "forbidden");
    }

    @Test
    void whatWasDoneIsKeptAndNoOriginalIs() throws Exception {
        String unique = "planted-" + UUID.randomUUID();
        String made = pseudonym(basic("tina"), "visits", unique);
        refused(send(basic("egon"), MII + "/$pseudonymize", call("visits", unique)), 403, "forbidden");
        Thread.sleep(200); // the log writes some milliseconds later

        StringBuilder log = new StringBuilder();
        try (Stream<Path> files = Files.walk(data.resolve("audit"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                log.append(Files.readString(file));
            }
        }
        assertThat(log)
                .contains("pseudonymize/visits", "tina", "egon")
                .doesNotContain(unique)
                .doesNotContain(made);
    }
}
