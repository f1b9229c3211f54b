package allmende.app.fhirapi.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.app.fhirapi.FhirSite;
import allmende.app.fhirapi.fuzz.RawHttp.Answer;
import allmende.app.fhirapi.fuzz.RawHttp.Request;
import allmende.core.fhir.FhirJson;
import allmende.core.fhir.JsonRead;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Sends requests by chance for a few seconds, in continuous integration for a minute. The same seed sends the same
 * requests: {@code -Dallmende.fuzz.seed=N} begins with the one that a failure names, {@code -Dallmende.fuzz.seconds=S} says
 * for how long.
 */
class FuzzTest {

    private static final long FIRST_SEED = 1;
    private static final int FAILURES_MAX = 20;
    private static final Set<String> BODILESS = Set.of("HEAD");

    private final RawHttp http = new RawHttp(FhirSite.started().url());

    private static Duration time() {
        long usual = "true".equals(System.getenv("CI")) ? 60 : 4;
        return Duration.ofSeconds(Long.getLong("allmende.fuzz.seconds", usual));
    }

    @Test
    void whateverIsSentIsAnsweredOrRefusedWithReasons() throws IOException {
        FhirSite.put("/fhir/Patient/fuzz", "{\"resourceType\":\"Patient\",\"id\":\"fuzz\"}");
        long end = System.nanoTime() + time().toNanos();
        long seed = Long.getLong("allmende.fuzz.seed", FIRST_SEED);
        List<String> failures = new ArrayList<>();
        do {
            try {
                check(seed);
            } catch (AssertionError failure) {
                failures.add(String.valueOf(failure.getMessage()));
                System.out.println(failure.getMessage());
            }
            seed++;
        } while (System.nanoTime() < end && failures.size() < FAILURES_MAX);
        System.out.println("fuzz run: requests up to seed " + (seed - 1));
        assertThat(String.join("\n\n", failures)).isEmpty();
    }

    private void check(long seed) throws IOException {
        Request request = new Requests(new Chance(seed)).any();
        long before = FhirSite.t();
        Answer answer = answer(seed, request);
        String told = "seed " + seed + "\n" + request + "\n=> " + answer.status() + " " + answer.headers() + "\n"
                + answer.text();
        // 501 is HTTP's own answer to a transfer coding that nobody knows.
        boolean unknownCoding = answer.status() == 501 && request.head().contains("Transfer-Encoding");
        assertThat(unknownCoding ? 499 : answer.status()).as(told).isBetween(200, 499);
        if (answer.status() >= 400) {
            assertThat(FhirSite.t()).as(told).isEqualTo(before);
            assertThat(BODILESS.contains(request.method()) || isOutcome(answer))
                    .as(told)
                    .isTrue();
        }
        // A job is taken back at once: there is room for ten.
        String job = answer.header("Content-Location");
        if (answer.status() == 202 && !job.isEmpty()) {
            FhirSite.send("DELETE", job.substring(job.indexOf("/fhir/")), "");
        }
    }

    private Answer answer(long seed, Request request) throws IOException {
        try {
            return http.send(request);
        } catch (SocketTimeoutException hang) {
            throw new AssertionError("No answer. seed " + seed + "\n" + request, hang);
        }
    }

    private static boolean isOutcome(Answer answer) {
        if (answer.header("Content-Type").toLowerCase(Locale.ROOT).contains("xml")) {
            return answer.text().contains("<OperationOutcome");
        }
        return FhirJson.read(answer.body()) instanceof JsonRead.Parsed(JsonNode json)
                && json.path("resourceType").asString("").equals("OperationOutcome")
                && !json.path("issue").path(0).path("diagnostics").asString("").isEmpty();
    }
}
