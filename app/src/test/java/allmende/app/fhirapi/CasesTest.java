package allmende.app.fhirapi;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.app.fhirapi.FhirSite.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/** The cases in the text files, over HTTP. */
class CasesTest {

    @TestFactory
    Stream<DynamicTest> rest() {
        return cases("/fhirapi/rest.txt");
    }

    static Stream<DynamicTest> cases(String file) {
        String text;
        try (InputStream in = Objects.requireNonNull(CasesTest.class.getResourceAsStream(file))) {
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Arrays.stream(text.split("(?m)^## ")).skip(1).map(block -> {
            String[] lines = block.split("\n");
            return DynamicTest.dynamicTest(
                    lines[0].strip(), () -> new Run().all(List.of(lines).subList(1, lines.length)));
        });
    }

    /** The steps of a case. */
    private static final class Run {
        private String request = "";
        private final List<String> headers = new ArrayList<>();
        private final StringBuilder body = new StringBuilder();
        private Answer answer;
        private String next = "";

        void all(List<String> lines) {
            for (String line : lines) {
                if (line.isBlank() || line.startsWith("# ")) {
                    continue;
                }
                try {
                    step(line);
                } catch (AssertionError e) {
                    throw new AssertionError(
                            request + " => " + line + "\n" + (answer == null ? "" : answer.text()) + "\n"
                                    + e.getMessage(),
                            e);
                }
            }
        }

        private void step(String line) {
            if (line.startsWith(">")) {
                body.append(line.substring(1));
            } else if (line.matches("= [0-9]{3}.*")) {
                send(line.substring(2));
            } else if (line.startsWith("= ")) {
                String[] header = line.substring(2).split(": ", 2);
                assertThat(answer.header(header[0])).matches(header[1]);
            } else if (line.startsWith("~ ")) {
                String[] value = line.substring(2).split(" ", 2);
                JsonNode found = answer.json().at(value[0]);
                assertThat(found.isMissingNode() ? "-" : found.asString()).isEqualTo(value[1]);
            } else if (line.matches("[A-Z]+( /.*)?")) {
                request = line.equals("NEXT") ? "GET " + next : line;
                headers.clear();
                body.setLength(0);
            } else {
                String[] header = line.split(": ", 2);
                headers.add(header[0]);
                headers.add(header[1]);
            }
        }

        private void send(String expected) {
            String[] parts = request.split(" ", 2);
            answer = FhirSite.send(
                    parts[0], parts[1].replace("{status}", next), body.toString(), headers.toArray(String[]::new));
            String[] wanted = expected.split(" ");
            assertThat(answer.status()).isEqualTo(Integer.parseInt(wanted[0]));
            if (wanted.length > 1) {
                assertThat(answer.issue()).isEqualTo(wanted[1]);
            }
            String type = answer.header("Content-Type");
            if (type.contains("json")
                    && !type.contains("ndjson")
                    && answer.response().body().length > 0) {
                answer.json().path("link").forEach(link -> {
                    if (link.path("relation").asString("").equals("next")) {
                        next = link.path("url").asString("");
                    }
                });
            }
        }
    }
}
