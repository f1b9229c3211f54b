package allmende.app.terminology;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.app.Hospital;
import allmende.app.identity.Access;
import allmende.app.server.Started;
import allmende.engine.packages.Installation;
import allmende.engine.packages.Packages;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests and answers of {@code terminology/doors.txt}, against a running site with one small package. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TerminologyCasesTest {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private Path data = Path.of("");
    private Started started;

    /** A request, the status that it gets, texts that the answer has and texts that it has not. */
    record Case(String name, String method, String path, String body, int status, List<String> texts) {
        @Override
        public String toString() {
            return name;
        }
    }

    @BeforeAll
    void start() throws IOException, InterruptedException {
        data = Files.createTempDirectory("allmende-terminology");
        Path definitions = Files.createDirectories(data.resolve("given").resolve("package"));
        int number = 0;
        Files.writeString(definitions.resolve("package.json"), "{\"name\":\"test.colours\",\"version\":\"1.0.0\"}");
        for (String line : resource().split("\n")) {
            if (line.startsWith("definition ")) {
                Files.writeString(
                        definitions.resolve("d" + number++ + ".json"), line.substring("definition ".length()));
            }
        }
        try (Packages packages = Packages.open(data.resolve("packages"))) {
            assertThat(packages.install(data.resolve("given"))).isInstanceOf(Installation.Installed.class);
        }
        started = Started.over(data, Access.OPEN);
    }

    @AfterAll
    void stop() {
        started.close();
        Hospital.delete(data);
    }

    private static String resource() {
        try (var in = TerminologyCasesTest.class.getResourceAsStream("/terminology/doors.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (String block : resource().split("\n\n+")) {
            List<String> lines = Arrays.stream(block.split("\n"))
                    .filter(line -> !line.startsWith("#") && !line.startsWith("definition "))
                    .toList();
            if (lines.size() < 3) {
                continue;
            }
            String[] request = lines.get(1).split(" ", 3);
            int answer = lines.get(2).startsWith("=> ") ? 2 : 3;
            cases.add(new Case(
                    lines.getFirst(),
                    request[0],
                    request[1],
                    answer == 3 ? lines.get(2) : "",
                    Integer.parseInt(lines.get(answer).substring(3)),
                    lines.subList(answer + 1, lines.size())));
        }
        return cases;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void answersAsTheCaseSays(Case one) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(started.url() + one.path()))
                .method(one.method(), HttpRequest.BodyPublishers.ofString(one.body()))
                .header("Content-Type", "application/fhir+json")
                .build();
        HttpResponse<String> response = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(one.status());
        for (String text : one.texts()) {
            if (text.startsWith("not ")) {
                assertThat(response.body()).doesNotContain(text.substring("not ".length()));
            } else {
                assertThat(response.body()).contains(text);
            }
        }
        if (one.status() >= 400) {
            assertThat(response.body()).startsWith("{\"resourceType\":\"OperationOutcome\"");
        }
    }
}
