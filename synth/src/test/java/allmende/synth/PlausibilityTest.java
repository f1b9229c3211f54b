package allmende.synth;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.synth.chance.Dice;
import allmende.synth.clinic.Clinic;
import allmende.synth.life.ConsentDocument.Kind;
import allmende.synth.life.Contact;
import allmende.synth.life.Course;
import allmende.synth.life.LifeSimulator;
import allmende.synth.life.Measurement;
import allmende.synth.life.Medication;
import allmende.synth.person.Person;
import allmende.synth.person.Population;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The hospital as a whole looks like one: shares, ages, values and their coherence over many patients. */
class PlausibilityTest {

    private static final int PATIENTS = 12_000;
    private static final int END = (int) SyntheticHospital.END_OF_OBSERVATION.toEpochDay();

    private static final List<Course> COURSES = new ArrayList<>();

    @BeforeAll
    static void live() {
        Population population = new Population();
        LifeSimulator simulator = new LifeSimulator(Clinic.shipped(), END);
        for (int i = 0; i < PATIENTS; i++) {
            Dice dice = Dice.of(2025, i);
            Person person = population.person(i, dice.fork(), END);
            COURSES.add(simulator.course(person, dice));
        }
    }

    @Test
    void diseasesAreAsCommonAsTheirAgesSay() {
        assertThat(share("I10", 18, 40)).isBetween(0.01, 0.10);
        assertThat(share("I10", 60, 80)).isBetween(0.30, 0.65);
        assertThat(share("E11", 60, 80)).isBetween(0.10, 0.28);
        assertThat(share("E11", 0, 18)).isLessThan(0.002);
        assertThat(share("I50", 40, 60)).isBetween(0.005, 0.04);
        assertThat(share("I50", 60, 80)).isBetween(0.06, 0.20);
        assertThat(share("N18", 60, 80)).isBetween(0.08, 0.25);
        assertThat(share("J44", 60, 80)).isBetween(0.04, 0.14);
        assertThat(share("C50", 60, 80)).isBetween(0.008, 0.05);
        assertThat(share("C18", 60, 80)).isBetween(0.005, 0.03);
        assertThat(share("A41", 60, 80)).isBetween(0.008, 0.06);
        assertThat(share("I48", 80, 110)).isBetween(0.12, 0.45);
    }

    @Test
    void codesFitTheSex() {
        coded(icd -> icd.startsWith("O")).forEach(c -> {
            assertThat(c.person().female()).isTrue();
            assertThat(c.person().age(END)).isBetween(15.0, 60.0);
        });
        coded(icd -> icd.startsWith("C61") || icd.startsWith("N40"))
                .forEach(c -> assertThat(c.person().female()).isFalse());
        assertThat(coded(icd -> icd.startsWith("O8"))).hasSizeGreaterThan(50);
    }

    @Test
    void someDieMostlyTheOld() {
        List<Course> dead = COURSES.stream().filter(c -> c.death() != null).toList();
        assertThat(dead.size() / (double) PATIENTS).isBetween(0.06, 0.20);
        assertThat(dead.stream()
                        .mapToDouble(c -> c.person().age(c.lastDay()))
                        .average()
                        .orElse(0))
                .isBetween(66.0, 86.0);
        dead.forEach(c -> c.contacts().forEach(contact -> {
            assertThat(contact.end()).isLessThanOrEqualTo(c.death().minute());
            assertThat(contact.start()).isLessThan(contact.end());
        }));
    }

    @Test
    void contactsFollowEachOther() {
        for (Course course : COURSES) {
            long free = Long.MIN_VALUE;
            assertThat(course.contacts()).isNotEmpty();
            for (Contact contact : course.contacts()) {
                assertThat(contact.start()).isGreaterThan(free);
                free = contact.end();
                for (Measurement value : contact.measurements()) {
                    assertThat(value.minute()).isBetween(contact.start(), contact.end());
                }
            }
        }
    }

    @Test
    void creatinineRisesAsTheEstimateFalls() {
        int compared = 0;
        for (Course course : COURSES) {
            List<Measurement> values = values(course).toList();
            for (int i = 0; i + 1 < values.size(); i++) {
                Measurement creatinine = values.get(i);
                Measurement estimate = values.get(i + 1);
                if (creatinine.test().id().equals("creatinine")
                        && estimate.test().id().equals("egfr")) {
                    double expected = ckdEpi2009(
                            creatinine.scaled() / 100.0,
                            course.person().female(),
                            course.person().age((int) (creatinine.minute() / 1440)));
                    assertThat((double) estimate.scaled()).isBetween(expected - 1, expected + 1);
                    compared++;
                }
            }
        }
        assertThat(compared).isGreaterThan(10_000);
    }

    @Test
    void kidneyDiseaseGetsWorseOverTheYears() {
        long worse = 0;
        long followed = 0;
        for (Course course : COURSES) {
            boolean ill = course.contacts().getFirst().diagnoses().stream()
                    .anyMatch(d -> d.icd().startsWith("N18"));
            List<Measurement> estimates =
                    values(course).filter(m -> m.test().id().equals("egfr")).toList();
            if (ill
                    && estimates.size() > 3
                    && estimates.getLast().minute() - estimates.getFirst().minute() > 3L * 525_960) {
                followed++;
                worse += estimates.getLast().scaled() < estimates.getFirst().scaled() ? 1 : 0;
            }
        }
        assertThat(followed).isGreaterThan(20);
        assertThat(worse / (double) followed).isGreaterThan(0.75);
    }

    @Test
    void sevenInTenConsentAndEveryKindOfDocumentIsThere() {
        double agreed = COURSES.stream()
                        .filter(c -> c.consents().stream().anyMatch(d -> d.kind() == Kind.CONSENT))
                        .count()
                / (double) PATIENTS;
        assertThat(agreed).isBetween(0.67, 0.73);
        for (Kind kind : Kind.values()) {
            assertThat(COURSES.stream().flatMap(c -> c.consents().stream()).filter(d -> d.kind() == kind))
                    .as(kind.name())
                    .hasSizeGreaterThan(20);
        }
        assertThat(COURSES.stream().filter(c -> c.consents().size() == 2)).hasSizeGreaterThan(100);
    }

    @Test
    void womenOverSixtyWithHeartFailurePoorKidneysAndAnAceInhibitorButNoDialysisAreFew() {
        long found = COURSES.stream()
                .filter(c -> c.person().female() && c.person().age(END) >= 61)
                .filter(c -> coded(c, icd -> icd.startsWith("I50")))
                .filter(c -> values(c).anyMatch(m -> m.test().id().equals("egfr") && m.scaled() < 45))
                .filter(c -> c.contacts().stream()
                        .flatMap(contact -> contact.medications().stream())
                        .map(Medication::drug)
                        .anyMatch(drug -> drug.atc().startsWith("C09A")))
                .filter(c -> c.contacts().stream()
                        .flatMap(contact -> contact.operations().stream())
                        .noneMatch(o -> o.ops().startsWith("8-854")))
                .count();
        double per5000 = found * 5000.0 / PATIENTS;
        assertThat(per5000).isBetween(5.0, 60.0);
    }

    @Test
    void aPatientHasAboutAHundredAndTwentyResources() {
        SyntheticHospital hospital = new SyntheticHospital(2500, 2025);
        double mean = hospital.resources().count() / 2500.0;
        assertThat(mean).isBetween(100.0, 140.0);
    }

    private static double ckdEpi2009(double creatinine, boolean female, double age) {
        double relative = creatinine / (female ? 0.7 : 0.9);
        return 141
                * Math.pow(Math.min(1, relative), female ? -0.329 : -0.411)
                * Math.pow(Math.max(1, relative), -1.209)
                * Math.pow(0.993, age)
                * (female ? 1.018 : 1);
    }

    private static Stream<Measurement> values(Course course) {
        return course.contacts().stream()
                .flatMap(c -> c.measurements().stream())
                .sorted(Comparator.comparingLong(Measurement::minute));
    }

    private static List<Course> coded(Predicate<String> icd) {
        return COURSES.stream().filter(c -> coded(c, icd)).toList();
    }

    private static boolean coded(Course course, Predicate<String> icd) {
        return course.contacts().stream().flatMap(c -> c.diagnoses().stream()).anyMatch(d -> icd.test(d.icd()));
    }

    private static double share(String code, double from, double to) {
        List<Course> band = COURSES.stream()
                .filter(c -> c.person().age(END) >= from && c.person().age(END) < to)
                .toList();
        return band.stream().filter(c -> coded(c, icd -> icd.startsWith(code))).count() / (double) band.size();
    }
}
