package allmende.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.app.Hospital;
import allmende.app.cli.Typed;
import allmende.app.identity.Access;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Machines at a site: SMART Backend Services over real HTTP, and what is refused. */
class SmartDoorTest {

    private static final String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    /** The address by the settings stays the same over a restart, which the port does not. */
    private static final String URL = "http://site.example";

    private static Path data;
    private static Started site;
    private static ECKey key;
    private static RSAKey rsa;

    @BeforeAll
    static void start() throws Exception {
        data = Hospital.temporary("allmende-smart");
        key = new ECKeyGenerator(Curve.P_384).keyIDFromThumbprint(true).generate();
        rsa = new RSAKeyGenerator(2048).keyIDFromThumbprint(true).generate();
        register("lab", key.toPublicJWK().toJSONString(), "system/Observation.rs system/Patient.r");
        register("all", rsa.toPublicJWK().toJSONString(), "system/*.cruds");
        Files.writeString(data.resolve("allmende.properties"), "url = " + URL + "\n");
        site = Started.over(data, Access.LOGIN);
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    private static void register(String id, String keys, String scopes) throws Exception {
        Path file = Files.writeString(Files.createTempFile("key", ".json"), keys);
        Typed.run(
                "",
                new String[] {"client", "add", id, "--key", file.toString(), "--scope", scopes, "--data", "" + data});
    }

    private static String audience() {
        return URL + "/auth/token";
    }

    private static JWTClaimsSet.Builder claims(String id) {
        return new JWTClaimsSet.Builder()
                .issuer(id)
                .subject(id)
                .audience(audience())
                .jwtID(UUID.randomUUID().toString())
                .expirationTime(Date.from(Instant.now().plus(Duration.ofMinutes(4))));
    }

    private static String signed(JWTClaimsSet claims) throws Exception {
        return signed(claims, JWSAlgorithm.ES384, key.getKeyID(), new ECDSASigner(key));
    }

    private static String signed(JWTClaimsSet claims, JWSAlgorithm algorithm, String kid, JWSSigner signer)
            throws Exception {
        SignedJWT jwt = new SignedJWT(
                new JWSHeader.Builder(algorithm)
                        .keyID(kid)
                        .type(JOSEObjectType.JWT)
                        .build(),
                claims);
        jwt.sign(signer);
        return jwt.serialize();
    }

    private static HttpResponse<String> ask(String assertion, String scope) throws Exception {
        return site.post(
                "/auth/token",
                "grant_type=client_credentials&client_assertion_type=" + encoded(TYPE) + "&client_assertion="
                        + assertion + "&scope=" + encoded(scope),
                "Content-Type",
                "application/x-www-form-urlencoded");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static JsonNode json(HttpResponse<String> response) {
        return JsonMapper.shared().readTree(response.body());
    }

    private static String token(String scope) throws Exception {
        return json(ask(signed(claims("lab").build()), scope))
                .path("access_token")
                .asString();
    }

    private static HttpResponse<String> fhir(String path, String token) throws Exception {
        return site.get("/fhir" + path, "Authorization", "Bearer " + token);
    }

    private static void refused(UnaryOperator<JWTClaimsSet.Builder> change, String word) throws Exception {
        refused(signed(change.apply(claims("lab")).build()), word);
    }

    private static void refused(String assertion, String word) throws Exception {
        HttpResponse<String> answer = ask(assertion, "system/Observation.rs");

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(json(answer).path("error").asString()).isEqualTo("invalid_client");
        assertThat(json(answer).path("error_description").asString()).contains(word);
    }

    @Test
    void theDocumentNamesTheTokenAddress() throws Exception {
        HttpResponse<String> answer = site.get("/fhir/.well-known/smart-configuration");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(json(answer).path("token_endpoint").asString()).isEqualTo(audience());
        assertThat(json(answer).path("capabilities").toString()).contains("client-confidential-asymmetric");
    }

    @Test
    void aMachineGetsATokenAndReadsWhatItsScopesSay() throws Exception {
        HttpResponse<String> answer = ask(signed(claims("lab").build()), "system/*.rs");
        String token = json(answer).path("access_token").asString();

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(json(answer).path("token_type").asString()).isEqualTo("bearer");
        assertThat(json(answer).path("expires_in").asInt()).isEqualTo(300);
        assertThat(json(answer).path("scope").asString().split(" "))
                .containsExactlyInAnyOrder("system/Observation.rs", "system/Patient.r");
        assertThat(fhir("/Observation/none", token).statusCode()).isEqualTo(404);
        assertThat(fhir("/Condition/none", token).statusCode()).isEqualTo(403);
        assertThat(fhir("/Condition/none", token).body())
                .contains("OperationOutcome")
                .contains("system/Condition.r");
        assertThat(fhir("/Condition/none", token).headers().firstValue("WWW-Authenticate"))
                .get()
                .asString()
                .contains("insufficient_scope");
        assertThat(fhir("/Patient", token).statusCode()).isEqualTo(403);
    }

    @Test
    void rsaKeysSignToo() throws Exception {
        String assertion = signed(claims("all").build(), JWSAlgorithm.RS384, rsa.getKeyID(), new RSASSASigner(rsa));

        assertThat(ask(assertion, "system/*.read system/Patient.write").statusCode())
                .isEqualTo(200);
    }

    @Test
    void withoutATokenNobodyIsLetIn() throws Exception {
        HttpResponse<String> without = site.get("/fhir/Patient/p1");
        HttpResponse<String> wrong = fhir("/Patient/p1", "allmende.made-up");

        assertThat(without.statusCode()).isEqualTo(401);
        assertThat(without.body()).contains("OperationOutcome").contains("login");
        assertThat(without.headers().allValues("WWW-Authenticate")).anyMatch(value -> value.startsWith("Bearer"));
        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(wrong.headers().firstValue("WWW-Authenticate"))
                .get()
                .asString()
                .contains("invalid_token");
    }

    @Test
    void anAssertionIsGoodForOneTokenAlsoAfterARestart() throws Exception {
        String assertion = signed(claims("lab").build());
        assertThat(ask(assertion, "system/Observation.rs").statusCode()).isEqualTo(200);
        refused(assertion, "jti");

        site.close();
        site = Started.over(data, Access.LOGIN);

        refused(assertion, "jti");
    }

    @Test
    void assertionsThatDoNotHoldAreRefused() throws Exception {
        refused(claims -> claims.audience("https://elsewhere.example/auth/token"), "aud");
        refused(claims -> claims.audience((String) null), "aud");
        refused(claims -> claims.subject("all"), "sub");
        refused(claims -> claims.issuer("stranger").subject("stranger"), "iss");
        refused(claims -> claims.expirationTime(Date.from(Instant.now().minusSeconds(1))), "exp");
        refused(claims -> claims.expirationTime(null), "exp");
        refused(claims -> claims.expirationTime(Date.from(Instant.now().plusSeconds(900))), "five minutes");
        refused(claims -> claims.notBeforeTime(Date.from(Instant.now().plusSeconds(120))), "future");
        refused(claims -> claims.issueTime(Date.from(Instant.now().plusSeconds(120))), "future");
        refused(claims -> claims.jwtID(null), "jti");
        refused(claims -> claims.jwtID("x".repeat(300)), "jti");
        refused("no.jwt", "signed JWT");
    }

    @Test
    void signaturesThatDoNotHoldAreRefused() throws Exception {
        ECKey stranger = new ECKeyGenerator(Curve.P_384).keyID(key.getKeyID()).generate();
        JWTClaimsSet claims = claims("lab").build();

        refused(new PlainJWT(claims).serialize(), "signed JWT");
        refused(signed(claims, JWSAlgorithm.ES384, key.getKeyID(), new ECDSASigner(stranger)), "signature is wrong");
        refused(signed(claims, JWSAlgorithm.ES384, "other", new ECDSASigner(key)), "kid");
        refused(signed(claims, JWSAlgorithm.ES384, null, new ECDSASigner(key)), "kid");
        refused(signed(claims, JWSAlgorithm.RS384, key.getKeyID(), new RSASSASigner(rsa)), "signature is wrong");
        // The public key as the secret of a MAC.
        refused(
                signed(
                        claims,
                        JWSAlgorithm.HS256,
                        key.getKeyID(),
                        new MACSigner(key.toPublicJWK().toJSONString())),
                "RS384, ES384");
        String good = signed(claims);
        String[] parts = good.split("\\.");
        String forged = claims("lab").claim("more", true).build().toString();
        refused(
                parts[0] + "."
                        + java.util.Base64.getUrlEncoder()
                                .withoutPadding()
                                .encodeToString(forged.getBytes(StandardCharsets.UTF_8))
                        + "." + parts[2],
                "signature is wrong");
        assertThat(ask(good, "system/Observation.rs").statusCode()).isEqualTo(200);
    }

    @Test
    void nobodyGetsMoreThanIsRegistered() throws Exception {
        HttpResponse<String> none = ask(signed(claims("lab").build()), "system/Condition.rs system/Patient.c");
        HttpResponse<String> missing = ask(signed(claims("lab").build()), "");

        assertThat(none.statusCode()).isEqualTo(400);
        assertThat(json(none).path("error").asString()).isEqualTo("invalid_scope");
        assertThat(json(missing).path("error").asString()).isEqualTo("invalid_scope");
        assertThat(json(ask(signed(claims("lab").build()), "system/*.cruds"))
                        .path("scope")
                        .asString())
                .doesNotContain("c")
                .doesNotContain("d");
    }

    @Test
    void viewsRunOverWhatTheScopesLetRead() throws Exception {
        String run = "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"viewReference\","
                + "\"valueReference\":{\"reference\":\"ViewDefinition/%s\"}}]}";
        String token = token("system/Observation.rs");
        String[] headers = {"Authorization", "Bearer " + token, "Content-Type", "application/fhir+json"};

        HttpResponse<String> own = site.post("/fhir/ViewDefinition/$run", run.formatted("laboratory"), headers);
        HttpResponse<String> other = site.post("/fhir/ViewDefinition/$run", run.formatted("patient"), headers);

        assertThat(own.statusCode()).as(own.body()).isEqualTo(200);
        assertThat(other.statusCode()).isEqualTo(403);
        assertThat(other.body()).contains("system/Patient.r");
    }

    @Test
    void keysAreFetchedWhereTheClientPublishesThem() throws Exception {
        ECKey first = new ECKeyGenerator(Curve.P_384).keyIDFromThumbprint(true).generate();
        AtomicInteger fetched = new AtomicInteger();
        HttpServer keys = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        keys.createContext("/keys", exchange -> {
            fetched.incrementAndGet();
            byte[] set = new JWKSet(first.toPublicJWK()).toString().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, set.length);
            exchange.getResponseBody().write(set);
            exchange.close();
        });
        keys.start();
        try {
            String url = "http://127.0.0.1:" + keys.getAddress().getPort() + "/keys";
            Typed added = Typed.run("", new String[] {
                "client", "add", "far", "--key-url", url, "--scope", "system/*.rs", "--data", data.toString()
            });
            assertThat(added.code()).as(added.err()).isZero();
            for (int i = 0; i < 3; i++) {
                String assertion =
                        signed(claims("far").build(), JWSAlgorithm.ES384, first.getKeyID(), new ECDSASigner(first));
                assertThat(ask(assertion, "system/Patient.r").statusCode()).isEqualTo(200);
            }
            refused(signed(claims("far").build()), "not at the address");
            assertThat(fetched).hasValue(1);
            Typed open = Typed.run("", new String[] {
                "client",
                "add",
                "open",
                "--key-url",
                "http://far.example/keys",
                "--scope",
                "system/*.rs",
                "--data",
                data.toString()
            });
            assertThat(open.err()).contains("https://");
        } finally {
            keys.stop(0);
        }
    }

    @Test
    void aRemovedClientHasNothingAnyMore() throws Exception {
        ECKey other = new ECKeyGenerator(Curve.P_256).keyIDFromThumbprint(true).generate();
        register("short", other.toPublicJWK().toJSONString(), "system/Observation.rs");
        String token = json(ask(
                        signed(claims("short").build(), JWSAlgorithm.ES256, other.getKeyID(), new ECDSASigner(other)),
                        "system/Observation.rs"))
                .path("access_token")
                .asString();
        assertThat(fhir("/Observation/none", token).statusCode()).isEqualTo(404);

        Typed.run("", new String[] {"client", "remove", "short", "--data", data.toString()});

        assertThat(fhir("/Observation/none", token).statusCode()).isEqualTo(401);
        refused(
                signed(claims("short").build(), JWSAlgorithm.ES256, other.getKeyID(), new ECDSASigner(other)),
                "registered client");
    }

    @Test
    void requestsThatAreNoneAreToldSo() throws Exception {
        HttpResponse<String> empty = site.post("/auth/token", "", "Content-Type", "application/x-www-form-urlencoded");
        HttpResponse<String> password = site.post(
                "/auth/token",
                "grant_type=password&username=a&password=b",
                "Content-Type",
                "application/x-www-form-urlencoded");
        HttpResponse<String> untyped = site.post(
                "/auth/token", "grant_type=client_credentials", "Content-Type", "application/x-www-form-urlencoded");

        assertThat(empty.statusCode()).isEqualTo(400);
        assertThat(json(empty).path("error").asString()).isEqualTo("invalid_request");
        assertThat(json(password).path("error").asString()).isEqualTo("unsupported_grant_type");
        assertThat(json(untyped).path("error").asString()).isEqualTo("invalid_request");
    }

    @Test
    void tokensOfMachinesOpenNoOtherDoor() throws Exception {
        String token = token("system/Observation.rs");

        assertThat(site.get("/cache/stats", "Authorization", "Bearer " + token).statusCode())
                .isEqualTo(401);
        assertThat(site.get("/operations/index", "Authorization", "Bearer " + token)
                        .statusCode())
                .isEqualTo(401);
    }
}
