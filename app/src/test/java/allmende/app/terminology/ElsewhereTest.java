package allmende.app.terminology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import allmende.app.fhirapi.FhirProblem;
import allmende.core.fhir.FhirJson;
import allmende.core.terminology.operation.Gap;
import allmende.engine.terminology.remote.RemoteSettings;
import allmende.engine.terminology.remote.RemoteTerminology;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What becomes of a question that can't be answered here. */
final class ElsewhereTest {

    private static final String LOINC = "http://loinc.org";
    private static final Gap MISSING = new Gap(LOINC, Gap.Kind.SYSTEM, "LOINC is not installed.");
    private static final JsonNode QUESTION =
            new Answer().text("code", "valueCode", "718-7").toJson();

    private HttpServer server;
    private RemoteTerminology remote;
    private volatile int status = 200;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] bytes = "{\"resourceType\":\"Parameters\",\"id\":\"far\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        remote = RemoteTerminology.of(
                new RemoteSettings(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/"),
                        Set.of(LOINC),
                        null,
                        null,
                        "",
                        Duration.ofSeconds(5),
                        Duration.ZERO),
                Clock.systemUTC());
    }

    @AfterEach
    void stop() {
        remote.close();
        server.stop(0);
    }

    private int refused(RemoteTerminology by, Gap gap, String system) {
        FhirProblem problem = catchThrowableOfType(
                FhirProblem.class, () -> new Elsewhere(by).ask(gap, "CodeSystem/$lookup", List.of(system), QUESTION));
        return problem.status();
    }

    @Test
    void asksTheOtherServerForWhatIsMissing() {
        JsonNode answer = new Elsewhere(remote).ask(MISSING, "CodeSystem/$lookup", List.of(LOINC), QUESTION);
        assertThat(FhirJson.write(answer)).asString(StandardCharsets.UTF_8).contains("far");
    }

    @Test
    void tellsByTheStatusWhoseFaultItIs() {
        assertThat(refused(RemoteTerminology.none(), MISSING, LOINC)).isEqualTo(404);
        assertThat(refused(remote, MISSING, "http://snomed.info/sct")).isEqualTo(404);
        assertThat(refused(remote, new Gap("", Gap.Kind.TOO_COSTLY, "x"), LOINC))
                .isEqualTo(422);
        status = 422;
        assertThat(refused(remote, MISSING, LOINC)).isEqualTo(422);
        status = 404;
        assertThat(refused(remote, MISSING, LOINC)).isEqualTo(404);
        status = 500;
        assertThat(refused(remote, MISSING, LOINC)).isEqualTo(502);
    }
}
