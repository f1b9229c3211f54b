package allmende.core.disclosure;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.core.cohort.Problem;
import allmende.core.disclosure.CountReport.Cell;
import allmende.core.disclosure.CountReport.Leaf;
import allmende.core.disclosure.CountReport.Privacy;
import allmende.core.disclosure.CountReport.Step;
import allmende.core.fhir.FhirJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

final class SiteAnswerJsonTest {

    @Property(tries = 400)
    void whatIsWrittenIsReadBack(@ForAll("answers") SiteAnswer answer) {
        byte[] json = FhirJson.write(SiteAnswerJson.write(answer));
        assertThat(SiteAnswerJson.read(FhirJson.parse(json))).isEqualTo(new RulesRead.Valid<>(answer));
    }

    @Provide
    Arbitrary<SiteAnswer> answers() {
        Arbitrary<SiteAnswer> refused = Combinators.combine(
                        Arbitraries.of(Refusal.Reason.values()),
                        Arbitraries.longs().between(0, 4_000_000_000L).injectNull(0.3))
                .as((reason, second) -> new SiteAnswer.Refused(
                        new Refusal(reason, second == null ? null : Instant.ofEpochSecond(second))));
        Arbitrary<SiteAnswer> unanswerable = Combinators.combine(Arbitraries.strings(), Arbitraries.strings())
                .as(Problem::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(3)
                .map(SiteAnswer.Unanswerable::new);
        Arbitrary<SiteAnswer> failed = Arbitraries.strings()
                .withChars("abc-9")
                .ofMinLength(1)
                .ofMaxLength(20)
                .map(SiteAnswer.Failed::new);
        return Arbitraries.oneOf(
                reports().map(SiteAnswer.Counted::new),
                refused,
                unanswerable,
                failed,
                Arbitraries.just(new SiteAnswer.TimedOut()));
    }

    private static Arbitrary<CountReport> reports() {
        Arbitrary<List<Long>> numbers =
                Arbitraries.longs().between(0, 5000).list().ofMinSize(1).ofMaxSize(5);
        Arbitrary<List<Cell>> cells = Combinators.combine(
                        Arbitraries.integers().between(0, 90),
                        Arbitraries.integers().between(90, 120).injectNull(0.2),
                        Arbitraries.of("male", "female", "other", "unknown", "any"),
                        disclosed())
                .as(Cell::new)
                .list()
                .ofMaxSize(4);
        Arbitrary<Privacy> privacy = Combinators.combine(
                        Arbitraries.doubles().between(0, 10), Arbitraries.of(true, false))
                .as((epsilon, charged) -> new Privacy(epsilon, charged, 3.5, 20, 28, 10));
        return Combinators.combine(numbers, disclosed(), cells, privacy).as((falling, odd, distribution, paid) -> {
            List<Step> steps = falling.stream()
                    .sorted(java.util.Comparator.reverseOrder())
                    .map(value -> new Step(
                            new Disclosed.Counted(value, 12), List.of(new Leaf("/inclusionCriteria/0/0", odd))))
                    .toList();
            return new CountReport(steps.getLast().remaining(), steps, List.of(), distribution, 12, paid);
        });
    }

    private static Arbitrary<Disclosed> disclosed() {
        return Arbitraries.oneOf(
                Arbitraries.longs().between(0, 1_000_000).map(value -> new Disclosed.Counted(value, value / 10)),
                Arbitraries.just(new Disclosed.Zero()),
                Arbitraries.longs().between(1, 1000).map(Disclosed.Few::new),
                Arbitraries.of(Disclosed.Reason.values()).map(Disclosed.Withheld::new));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "{\"answer\":\"maybe\"}",
                "{\"answer\":\"failed\",\"code\":\"<script>\"}",
                "{\"answer\":\"failed\",\"code\":\"x\",\"patients\":[1]}",
                "{\"answer\":\"refused\",\"reason\":\"MOOD\"}",
                "{\"answer\":\"refused\",\"reason\":\"RATE\",\"retryAfter\":\"soon\"}",
                "{\"answer\":\"unanswerable\",\"problems\":[]}",
                "{\"answer\":\"counted\"}",
                "{\"answer\":\"counted\",\"report\":{\"total\":{\"count\":-5,\"plusMinus\":1},\"inclusion\":[],"
                        + "\"exclusion\":[],\"distribution\":[],\"t\":1,\"privacy\":{\"epsilon\":1,\"charged\":true,"
                        + "\"remaining\":1,\"capacity\":1,\"refillDays\":1,\"minimum\":1}}}",
                "{\"answer\":\"counted\",\"report\":{\"total\":{\"count\":50,\"plusMinus\":1},\"inclusion\":["
                        + "{\"remaining\":{\"count\":40,\"plusMinus\":1},\"criteria\":[]}],"
                        + "\"exclusion\":[],\"distribution\":[],\"t\":1,\"privacy\":{\"epsilon\":1,\"charged\":true,"
                        + "\"remaining\":1,\"capacity\":1,\"refillDays\":1,\"minimum\":1}}}"
            })
    void whatIsNoAnswerIsRefusedWithAReason(String json) {
        JsonNode tree = FhirJson.parse(json.getBytes(StandardCharsets.UTF_8));
        assertThat(SiteAnswerJson.read(tree))
                .isInstanceOfSatisfying(RulesRead.Invalid.class, invalid -> assertThat(invalid.problems())
                        .isNotEmpty());
    }
}
