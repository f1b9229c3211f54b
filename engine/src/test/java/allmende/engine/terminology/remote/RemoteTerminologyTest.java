package allmende.engine.terminology.remote;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.core.fhir.FhirJson;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

final class RemoteTerminologyTest {

    private static final JsonNode QUESTION =
            FhirJson.parse("{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"code\",\"valueCode\":\"1\"}]}"
                    .getBytes(StandardCharsets.UTF_8));

    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private volatile int status = 200;
    private volatile String body = "{\"resourceType\":\"Parameters\"}";
    private volatile long delay;
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/fhir/", exchange -> {
            String sent = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            asked.add(exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Authorization") + " " + sent);
            try {
                Thread.sleep(delay);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private RemoteTerminology remote(Duration timeout, String... systems) throws IOException {
        URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/fhir/");
        Clock clock = new Clock() {
            @Override
            public Instant instant() {
                return now;
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return InstantSource.system().withZone(zone);
            }
        };
        return RemoteTerminology.of(
                new RemoteSettings(url, Set.of(systems), "Bearer secret", null, "", timeout, Duration.ofMinutes(10)),
                clock);
    }

    @Test
    void asksOnceAndAgainWhenTheAnswerIsOld() throws IOException {
        try (RemoteTerminology remote = remote(Duration.ofSeconds(5), "*")) {
            for (int i = 0; i < 3; i++) {
                assertThat(remote.ask("CodeSystem/$lookup", QUESTION)).isInstanceOf(RemoteAnswer.Answered.class);
            }
            assertThat(asked).hasSize(1);
            assertThat(asked.getFirst())
                    .startsWith("/fhir/CodeSystem/$lookup Bearer secret {\"resourceType\":\"Parameters\"");
            now = now.plus(Duration.ofMinutes(11));
            remote.ask("CodeSystem/$lookup", QUESTION);
            assertThat(asked).hasSize(2);
        }
    }

    @Test
    void tellsRefusalFromAbsence() throws IOException {
        try (RemoteTerminology remote = remote(Duration.ofSeconds(5), "*")) {
            status = 404;
            body = "{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"diagnostics\":\"no such code\"}]}";
            assertThat(remote.ask("a", QUESTION)).isEqualTo(new RemoteAnswer.Refused(404, "no such code"));
            status = 503;
            assertThat(remote.ask("b", QUESTION)).isInstanceOf(RemoteAnswer.Away.class);
            status = 401;
            assertThat(remote.ask("c", QUESTION)).isInstanceOf(RemoteAnswer.Away.class);
            status = 200;
            body = "<html>";
            assertThat(remote.ask("d", QUESTION)).isInstanceOf(RemoteAnswer.Away.class);
            int before = asked.size();
            remote.ask("d", QUESTION);
            assertThat(asked).hasSize(before + 1);
        }
    }

    @Test
    void endsWaiting() throws IOException {
        delay = 3000;
        try (RemoteTerminology remote = remote(Duration.ofMillis(200), "*")) {
            assertThat(remote.ask("a", QUESTION))
                    .isInstanceOfSatisfying(RemoteAnswer.Away.class, away -> assertThat(away.reason())
                            .contains("did not answer"));
        }
        server.stop(0);
        try (RemoteTerminology remote = remote(Duration.ofSeconds(2), "*")) {
            assertThat(remote.ask("a", QUESTION))
                    .isEqualTo(new RemoteAnswer.Away("The external terminology server can't be reached."));
        }
    }

    @Test
    void isAskedAboutTheSystemsThatItIsThereFor() throws IOException {
        try (RemoteTerminology remote = remote(Duration.ofSeconds(5), "http://loinc.org")) {
            assertThat(remote.answersFor(List.of("http://loinc.org"))).isTrue();
            assertThat(remote.answersFor(List.of("http://loinc.org", "http://snomed.info/sct")))
                    .isFalse();
            assertThat(remote.answersFor(List.of())).isFalse();
        }
        assertThat(RemoteTerminology.none().answersFor(List.of("http://loinc.org")))
                .isFalse();
    }

    @Test
    void readsItsFile(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("terminology.json");
        Map<String, String> environment = Map.of("TX_TOKEN", "t0ken");
        assertThat(RemoteSettings.read(file, environment::get)).isInstanceOf(RemoteSettings.Read.None.class);
        Files.writeString(file, """
                {"url":"https://terminology.example/fhir","systems":["http://loinc.org"],"bearerFrom":"TX_TOKEN",
                 "timeoutSeconds":3,"keepMinutes":60}
                """);
        assertThat(RemoteSettings.read(file, environment::get))
                .isInstanceOfSatisfying(RemoteSettings.Read.Usable.class, usable -> {
                    assertThat(usable.settings().url()).hasToString("https://terminology.example/fhir/");
                    assertThat(usable.settings().authorization()).isEqualTo("Bearer t0ken");
                    assertThat(usable.settings().timeout()).isEqualTo(Duration.ofSeconds(3));
                });
        assertThat(RemoteSettings.read(file, _ -> null))
                .isInstanceOfSatisfying(RemoteSettings.Read.Unusable.class, unusable -> assertThat(unusable.reason())
                        .contains("bearerFrom")
                        .doesNotContain("t0ken"));
        for (String wrong : List.of("{\"url\":\"nowhere\"}", "{\"url\":\"http://x/\",\"sytems\":[]}", "{")) {
            Files.writeString(file, wrong);
            assertThat(RemoteSettings.read(file, environment::get)).isInstanceOf(RemoteSettings.Read.Unusable.class);
        }
    }
}
