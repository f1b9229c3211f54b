package allmende.core.consent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Each case of the plain-text files comes out as it says. */
final class ConsentCasesTest {

    @TestFactory
    Stream<DynamicTest> cases() throws IOException, URISyntaxException {
        Path directory = Path.of(
                Objects.requireNonNull(getClass().getResource("/cases/consent")).toURI());
        List<ConsentCase> cases = ConsentCase.all(directory);
        assertThat(cases).hasSizeGreaterThan(40);
        return cases.stream().map(one -> DynamicTest.dynamicTest(one.title, () -> check(one)));
    }

    private static void check(ConsentCase one) {
        assertThat(one.answers).as("answers").isNotEmpty();
        ConsentJob job = new ConsentJob(one.request());
        PatientConsent consent = job.of(one.consents, one.encounters);
        ConsentExplanation explained = ConsentExplanation.of(one.consents, one.encounters, one.day());
        for (String answer : one.answers) {
            List<String> words = Arrays.asList(answer.split("\\s+"));
            switch (words.getFirst()) {
                case "window" ->
                    assertThat(consent.window().toString())
                            .as(answer)
                            .isEqualTo(answer.substring("window".length()).strip());
                case "refused" ->
                    assertThat(consent.refusal().map(ConsentReason::code))
                            .as(answer)
                            .contains(words.get(1));
                case "allowed" ->
                    assertThat(consent.decide(ConsentCase.resource(words.get(1), words.get(2))))
                            .as(answer)
                            .isEqualTo(ConsentVerdict.ALLOWED);
                case "withheld" ->
                    assertThat(consent.decide(ConsentCase.resource(words.get(1), words.get(2))))
                            .as(answer)
                            .isInstanceOfSatisfying(ConsentVerdict.Withheld.class, withheld -> assertThat(
                                            withheld.reason().code())
                                    .isEqualTo(words.get(3)));
                case "permitted" -> policies(explained, words, true, answer);
                case "denied" -> policies(explained, words, false, answer);
                case "odd" ->
                    assertThat(job.oddities().keySet())
                            .as(answer)
                            .containsExactlyInAnyOrderElementsOf(words.subList(1, words.size()));
                default -> throw new IllegalStateException("No such answer: " + answer);
            }
        }
    }

    private static void policies(ConsentExplanation explained, List<String> words, boolean permitted, String answer) {
        for (String number : words.subList(1, words.size())) {
            boolean found = explained.policies().stream()
                    .anyMatch(policy -> policy.policy().number() == Integer.parseInt(number) && policy.permitted());
            assertThat(found).as("%s: %s", answer, number).isEqualTo(permitted);
        }
    }
}
