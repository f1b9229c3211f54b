package allmende.app.fhirapi;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.app.fhirapi.FhirSite.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** Several clients at one resource at once. */
class ConcurrencyTest {

    private static final int CLIENTS = 8;

    private static List<Answer> together(IntFunction<Answer> client) throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        List<Future<Answer>> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(CLIENTS)) {
            for (int i = 0; i < CLIENTS; i++) {
                int number = i;
                answers.add(threads.submit(() -> {
                    start.await();
                    return client.apply(number);
                }));
            }
            start.countDown();
            List<Answer> done = new ArrayList<>();
            for (Future<Answer> answer : answers) {
                done.add(answer.get());
            }
            return done;
        }
    }

    private static List<Integer> statuses(List<Answer> answers) {
        return answers.stream().map(Answer::status).sorted().toList();
    }

    @Test
    void ofThoseWhoUpdateOneVersionOneWins() throws Exception {
        FhirSite.put("/fhir/Patient/race", "{\"resourceType\":\"Patient\",\"id\":\"race\"}");
        for (int round = 1; round <= 10; round++) {
            String version = "W/\"" + round + "\"";
            int now = round;
            List<Answer> answers = together(i -> FhirSite.put(
                    "/fhir/Patient/race",
                    "{\"resourceType\":\"Patient\",\"id\":\"race\",\"language\":\"x" + now + "-" + i + "\"}",
                    "If-Match",
                    version));

            assertThat(statuses(answers)).containsExactly(200, 412, 412, 412, 412, 412, 412, 412);
        }
        assertThat(FhirSite.get("/fhir/Patient/race").header("ETag")).isEqualTo("W/\"11\"");
    }

    @Test
    void ofThoseWhoCreateTheSameUnderAConditionOneCreates() throws Exception {
        for (int round = 0; round < 5; round++) {
            String identifier = "http://race|" + round;
            String body = "{\"resourceType\":\"Patient\",\"identifier\":[{\"system\":\"http://race\",\"value\":\""
                    + round + "\"}]}";
            List<Answer> answers =
                    together(i -> FhirSite.post("/fhir/Patient", body, "If-None-Exist", "identifier=" + identifier));

            assertThat(statuses(answers)).containsExactly(200, 200, 200, 200, 200, 200, 200, 201);
        }
    }

    @Test
    void patchesOfOneResourceAreAllApplied() throws Exception {
        FhirSite.put("/fhir/Basic/list", "{\"resourceType\":\"Basic\",\"id\":\"list\",\"extension\":[]}");
        List<Answer> answers = together(i -> FhirSite.send(
                "PATCH",
                "/fhir/Basic/list",
                "[{\"op\":\"add\",\"path\":\"/extension/-\",\"value\":{\"url\":\"u" + i + "\"}}]",
                "Content-Type",
                "application/json-patch+json"));

        assertThat(statuses(answers)).containsOnly(200);
        assertThat(FhirSite.get("/fhir/Basic/list").json().path("extension")).hasSize(CLIENTS);
    }
}
