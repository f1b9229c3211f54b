package allmende.core.consent;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.core.cohort.Catalogues;
import allmende.core.cohort.ResourceFacts.Fact;
import allmende.core.cohort.ResourceFacts.Value;
import allmende.core.consent.SampleConsent.Period;
import allmende.core.consent.SampleConsent.Provision;
import allmende.core.fhir.FhirJson;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.statistics.Statistics;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What must hold whatever patients declare. */
final class ConsentProperties {

    private static final ConsentFacts FACTS = new ConsentFacts(
            Catalogues.shipped().context(ConsentRequest.CONTEXT).orElseThrow());
    private static final List<String> CODES = List.of("1", "6", "6", "7", "8", "8", "19", "45");
    private static final int FIRST_YEAR = 2015;

    /** A patient and a job's day. */
    record Patient(List<SampleConsent> consents, List<LocalDate[]> stays, LocalDate day, boolean past) {

        ConsentRequest request() {
            TreeSet<String> policies = new TreeSet<>(List.of(Policy.code(6), Policy.code(8)));
            if (past) {
                policies.add(Policy.code(45));
            }
            return new ConsentRequest(policies, day, Rules.ALLMENDE);
        }

        List<JsonNode> encounters() {
            List<JsonNode> encounters = new ArrayList<>();
            for (LocalDate[] stay : stays) {
                ObjectNode encounter = FhirJson.mapper().createObjectNode();
                encounter.putObject("period").put("start", stay[0].toString()).put("end", stay[1].toString());
                encounters.add(encounter);
            }
            return encounters;
        }

        PatientConsent evaluated(List<SampleConsent> declared) {
            return new ConsentJob(request()).of(SampleConsent.json(declared), encounters());
        }
    }

    @Provide
    static Arbitrary<Patient> patients() {
        return Arbitraries.randomValue(ConsentProperties::draw);
    }

    private static Patient draw(Random random) {
        List<SampleConsent> consents = new ArrayList<>();
        int count = 1 + random.nextInt(4);
        LocalDate shared = date(random);
        for (int i = 0; i < count; i++) {
            // days meet often, so that declarations of one day are tried
            LocalDate signed = random.nextInt(3) == 0 ? shared : date(random);
            consents.add(consent("c" + i, signed, random));
        }
        List<LocalDate[]> stays = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            LocalDate start = random.nextBoolean() ? shared.minusDays(random.nextInt(5)) : date(random);
            stays.add(new LocalDate[] {start, start.plusDays(random.nextInt(10))});
        }
        return new Patient(consents, stays, date(random), random.nextBoolean());
    }

    private static SampleConsent consent(String id, LocalDate signed, Random random) {
        List<Provision> provisions = new ArrayList<>();
        boolean denies = random.nextInt(4) == 0;
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            String type = denies || random.nextInt(8) == 0 ? "deny" : "permit";
            List<String> codes = new ArrayList<>();
            for (int k = random.nextInt(20) == 0 ? 0 : 1 + random.nextInt(4); k > 0; k--) {
                codes.add(CODES.get(random.nextInt(CODES.size())));
            }
            provisions.add(new Provision(type, codes, period(signed, random)));
        }
        return new SampleConsent(
                id,
                random.nextInt(8) == 0
                        ? List.of("inactive", "draft", "rejected").get(random.nextInt(3))
                        : "active",
                random.nextInt(15) == 0 ? null : signed.toString(),
                null,
                "deny",
                null,
                provisions);
    }

    private static @Nullable Period period(LocalDate signed, Random random) {
        if (random.nextInt(8) == 0) {
            return null;
        }
        LocalDate start = random.nextInt(3) > 0 ? signed : date(random);
        LocalDate end = start.plusDays(random.nextInt(3) == 0 ? random.nextInt(900) : 1826L + random.nextInt(9000));
        return new Period(
                random.nextInt(10) == 0 ? null : start.toString(), random.nextInt(6) == 0 ? null : end.toString());
    }

    private static LocalDate date(Random random) {
        return random.nextInt(20) == 0
                ? LocalDate.of(2020, 2, 29)
                : LocalDate.of(FIRST_YEAR, 1, 1).plusDays(random.nextInt(3700));
    }

    @Property(tries = 250, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    void agreesWithEachDayByItself(@ForAll("patients") Patient patient) {
        BruteForce naive = new BruteForce(patient.consents(), patient.stays(), patient.day());
        PatientConsent found = patient.evaluated(patient.consents());
        boolean use = naive.permitted(8, patient.day(), false);
        Statistics.collect(found.refusal().map(ConsentReason::code).orElse("usable"));
        if (!use) {
            assertThat(found.refusal()).isPresent();
            return;
        }
        LocalDate first = LocalDate.of(FIRST_YEAR - 1, 1, 1);
        LocalDate last = LocalDate.of(2036, 1, 1);
        TreeSet<LocalDate> days = new TreeSet<>();
        for (LocalDate day = first; !day.isAfter(last); day = day.plusDays(1)) {
            if (found.window().contains((int) day.toEpochDay())) {
                days.add(day);
            }
        }
        TreeSet<LocalDate> expected = new TreeSet<>(naive.usableDays(first, last, patient.past()));
        boolean anyUntilToday = expected.stream().anyMatch(day -> !day.isAfter(patient.day()));
        assertThat(found.refusal().isEmpty()).isEqualTo(anyUntilToday);
        if (anyUntilToday) {
            assertThat(days).as("%s", patient).isEqualTo(expected);
        }
    }

    @Property(tries = 300, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    void theOrderInWhichConsentsComeDoesNotMatter(@ForAll("patients") Patient patient) {
        List<SampleConsent> shuffled = new ArrayList<>(patient.consents());
        Collections.reverse(shuffled);
        PatientConsent one = patient.evaluated(patient.consents());
        PatientConsent other = patient.evaluated(shuffled);
        assertThat(other.window()).isEqualTo(one.window());
        assertThat(other.refusal()).isEqualTo(one.refusal());
        assertThat(FACTS.of(SampleConsent.json(shuffled))).isEqualTo(FACTS.of(SampleConsent.json(patient.consents())));
    }

    @Property(tries = 300, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    void sayingTheSameTwiceChangesNothing(@ForAll("patients") Patient patient) {
        List<SampleConsent> twice = new ArrayList<>(patient.consents());
        patient.consents().forEach(consent -> twice.add(consent.with(consent.id() + "-again", consent.status())));
        assertThat(patient.evaluated(twice).window())
                .isEqualTo(patient.evaluated(patient.consents()).window());
    }

    @Property(tries = 300, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    void aFurtherDenialNeverPermitsMore(@ForAll("patients") Patient patient, @ForAll Random random) {
        SampleConsent drawn = consent("denial", date(random), random);
        SampleConsent denial = new SampleConsent(
                "denial",
                "active",
                drawn.signed(),
                null,
                "deny",
                null,
                drawn.provisions().stream()
                        .map(provision -> new Provision("deny", provision.codes(), provision.period()))
                        .toList());
        List<SampleConsent> more = new ArrayList<>(patient.consents());
        more.add(denial);
        narrower(patient.evaluated(more), patient.evaluated(patient.consents()));
    }

    @Property(tries = 300, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    void takingAConsentOutOfForceNeverPermitsMore(@ForAll("patients") Patient patient) {
        List<SampleConsent> less = new ArrayList<>(patient.consents());
        SampleConsent first = less.removeFirst();
        if (!first.status().equals("active")) {
            return;
        }
        less.add(first.with(first.id(), "inactive"));
        narrower(patient.evaluated(less), patient.evaluated(patient.consents()));
    }

    private static void narrower(PatientConsent narrow, PatientConsent wide) {
        assertThat(wide.refusal().isPresent() && narrow.refusal().isEmpty()).isFalse();
        assertThat(narrow.window().minus(wide.window()).isEmpty())
                .as("%s within %s", narrow.window(), wide.window())
                .isTrue();
    }

    @Property(tries = 300, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    void whatIsCountedIsWhatIsEvaluated(@ForAll("patients") Patient patient) {
        List<JsonNode> consents = SampleConsent.json(patient.consents());
        PatientConsent found = new ConsentJob(ConsentRequest.research(patient.day())).of(consents, List.of());
        List<Fact> facts =
                FACTS.of(consents).values().stream().flatMap(List::stream).toList();
        boolean counted = standing(facts, 6, patient.day()) && standing(facts, 8, patient.day());
        assertThat(counted).isEqualTo(found.refusal().isEmpty());
        BruteForce naive = new BruteForce(patient.consents(), List.of(), patient.day());
        assertThat(standing(facts, 7, patient.day())).isEqualTo(naive.permitted(7, patient.day(), false));
    }

    private static boolean standing(List<Fact> facts, int policy, LocalDate day) {
        long minute = day.toEpochDay() * 1440;
        return facts.stream()
                .filter(fact -> fact.term().code().equals(Policy.code(policy)))
                .map(Fact::value)
                .anyMatch(value -> value instanceof Value.Standing standing
                        && standing.days().startMinute() <= minute
                        && minute <= standing.days().endMinute());
    }

    @Property(tries = 500)
    void intervalsAreSetsOfDays(@ForAll Random random) {
        DayIntervals intervals = DayIntervals.NONE;
        boolean[] days = new boolean[60];
        for (int i = 0; i < 12; i++) {
            int from = random.nextInt(60);
            int until = from + random.nextInt(60 - from) - (random.nextInt(9) == 0 ? 2 : 0);
            boolean add = random.nextInt(3) > 0;
            intervals = add ? intervals.with(from, until) : intervals.without(from, until);
            for (int day = from; day <= until; day++) {
                days[day] = add;
            }
        }
        for (int day = 0; day < 60; day++) {
            assertThat(intervals.contains(day)).isEqualTo(days[day]);
        }
        for (int i = 1; i < intervals.size(); i++) {
            assertThat(intervals.from(i)).isGreaterThan(intervals.until(i - 1) + 1);
        }
    }
}
