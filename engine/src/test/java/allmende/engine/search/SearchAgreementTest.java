package allmende.engine.search;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.core.fhir.FhirJson;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Searches by a grammar over a made-up population find what somebody finds who reads all resources one by one. */
class SearchAgreementTest {

    private static final int PATIENTS = 40;
    private static final int OBSERVATIONS = 400;
    private static final List<JsonNode> ALL = new ArrayList<>();
    private static SearchFixture fixture;

    @BeforeContainer
    static void populate() throws Exception {
        Path folder = Files.createTempDirectory("allmende-agreement");
        fixture = new SearchFixture(folder);
        Random random = new Random(7);
        for (int i = 0; i < PATIENTS; i++) {
            ALL.add(patient(random, i));
        }
        for (int i = 0; i < OBSERVATIONS; i++) {
            ALL.add(observation(random, i));
        }
        // Each was something else before: versions that ended are not found.
        fixture.write(ALL.stream()
                .map(resource -> ((ObjectNode) resource.deepCopy())
                        .put("gender", "other")
                        .put("status", "amended"))
                .map(Object::toString)
                .toArray(String[]::new));
        fixture.write(ALL.stream().map(Object::toString).toArray(String[]::new));
    }

    @AfterContainer
    static void close() {
        fixture.close();
    }

    private static <T> T of(Random random, List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    private static final List<String> FAMILIES = List.of(
            "Müller", "Mueller", "Meier", "Mei", "van der Meier", "Ångström", "O'Neill", "Straße", "a,b", "x|y");
    private static final List<String> DATES = List.of(
            "2020",
            "2021",
            "2020-05",
            "2020-06",
            "2020-05-31",
            "2020-06-01",
            "2020-05-31T23:30:00+02:00",
            "2019-12-31");
    private static final List<String> VALUES =
            List.of("5", "5.4", "5.35", "5.449", "5.45", "0", "-3", "100", "1.0", "1");

    private static JsonNode patient(Random random, int i) {
        ObjectNode patient = FhirJson.mapper()
                .createObjectNode()
                .put("resourceType", "Patient")
                .put("id", "p" + i);
        if (random.nextInt(8) > 0) {
            patient.putArray("name").addObject().put("family", of(random, FAMILIES));
        }
        if (random.nextInt(8) > 0) {
            patient.put("gender", of(random, List.of("male", "female", "other")));
        }
        if (random.nextInt(8) > 0) {
            patient.put("birthDate", of(random, List.of("2020", "2020-05", "2020-05-31", "2020-06-01", "2019-12-31")));
        }
        return patient;
    }

    private static JsonNode observation(Random random, int i) {
        ObjectNode one = FhirJson.mapper()
                .createObjectNode()
                .put("resourceType", "Observation")
                .put("id", "o" + i);
        one.put("status", of(random, List.of("final", "preliminary")));
        var codings = one.putObject("code").putArray("coding");
        for (int c = random.nextInt(3); c > 0; c--) {
            ObjectNode coding = codings.addObject().put("code", of(random, List.of("a", "b", "c")));
            String system = of(random, List.of("s1", "s2", ""));
            if (!system.isEmpty()) {
                coding.put("system", system);
            }
        }
        if (codings.isEmpty()) {
            one.remove("code");
        }
        if (random.nextInt(6) > 0) {
            one.putObject("subject").put("reference", "Patient/p" + random.nextInt(PATIENTS));
        }
        if (random.nextInt(6) > 0) {
            one.put("effectiveDateTime", of(random, DATES));
        }
        if (random.nextInt(6) > 0) {
            ObjectNode quantity = one.putObject("valueQuantity");
            quantity.set("value", FhirJson.mapper().readTree(of(random, VALUES)));
            String unit = of(random, List.of("mg/dL", "g/L", ""));
            if (!unit.isEmpty()) {
                quantity.put("system", NaiveSearch.UCUM).put("code", unit);
            }
        }
        return one;
    }

    /** A condition as it is written. */
    private record Condition(String name, List<String> values) {
        String written() {
            return URLEncoder.encode(name, StandardCharsets.UTF_8) + "="
                    + URLEncoder.encode(String.join(",", values), StandardCharsets.UTF_8);
        }
    }

    private static Arbitrary<Condition> condition(Arbitrary<String> name, Arbitrary<String> value) {
        return Combinators.combine(name, value.list().ofMinSize(1).ofMaxSize(3)).as(Condition::new);
    }

    private static Arbitrary<String> prefixed(List<String> values) {
        return Combinators.combine(
                        Arbitraries.of("", "eq", "ne", "gt", "ge", "lt", "le", "sa", "eb"), Arbitraries.of(values))
                .as(String::concat);
    }

    private static Arbitrary<Condition> missing(String... names) {
        return Combinators.combine(Arbitraries.of(names), Arbitraries.of("true", "false"))
                .as((name, value) -> new Condition(name + ":missing", List.of(value)));
    }

    private static Arbitrary<String> dates() {
        return prefixed(DATES);
    }

    private static Arbitrary<String> codes() {
        return Arbitraries.of("a", "b", "s1|a", "s2|b", "|a", "|c", "s1|", "none", "s2|none");
    }

    private static Arbitrary<String> quantities() {
        return Combinators.combine(
                        prefixed(VALUES),
                        Arbitraries.of("", "|" + NaiveSearch.UCUM + "|g/L", "|" + NaiveSearch.UCUM + "|mg/dL"))
                .as(String::concat);
    }

    private static Arbitrary<String> genders() {
        return Arbitraries.of("male", "female", "other", "unknown");
    }

    private static Arbitrary<String> families() {
        return Arbitraries.of(
                "m", "mü", "MEI", "meier", "Müller", "muller", "ang", "der", "straße", "x\\|y", "a\\,b", "zz");
    }

    @Provide
    Arbitrary<List<Condition>> ofObservations() {
        return Arbitraries.oneOf(
                        condition(Arbitraries.of("code", "code:not"), codes()),
                        condition(
                                Arbitraries.of("status", "status:not"),
                                Arbitraries.of("final", "preliminary", "amended")),
                        condition(Arbitraries.of("date"), dates()),
                        condition(Arbitraries.of("value-quantity"), quantities()),
                        condition(
                                Arbitraries.of("subject", "patient", "subject:Patient"),
                                Arbitraries.integers().between(0, PATIENTS).map(i -> "p" + i)),
                        condition(
                                Arbitraries.of("subject", "patient"),
                                Arbitraries.integers().between(0, PATIENTS).map(i -> "Patient/p" + i)),
                        condition(Arbitraries.of("subject:Patient.gender", "patient.gender:not"), genders()),
                        condition(Arbitraries.of("patient.family"), families()),
                        missing("code", "date", "value-quantity", "subject"))
                .list()
                .ofMinSize(1)
                .ofMaxSize(3);
    }

    @Provide
    Arbitrary<List<Condition>> ofPatients() {
        return Arbitraries.oneOf(
                        condition(Arbitraries.of("gender", "gender:not"), genders()),
                        condition(Arbitraries.of("family", "family:contains"), families()),
                        condition(Arbitraries.of("family:exact"), Arbitraries.of("Müller", "müller", "Meier", "x\\|y")),
                        condition(Arbitraries.of("birthdate"), dates()),
                        condition(Arbitraries.of("_id", "_id:not"), Arbitraries.of("p1", "p2", "p99")),
                        condition(
                                Arbitraries.of("_has:Observation:subject:code", "_has:Observation:patient:code:not"),
                                codes()),
                        condition(Arbitraries.of("_has:Observation:subject:date"), dates()),
                        missing("family", "gender", "birthdate"))
                .list()
                .ofMinSize(1)
                .ofMaxSize(3);
    }

    private static void agrees(String type, List<Condition> conditions) {
        NaiveSearch naive = new NaiveSearch(ALL);
        List<String> expected = ALL.stream()
                .filter(resource -> resource.path("resourceType").asString().equals(type))
                .filter(resource ->
                        conditions.stream().allMatch(one -> naive.matches(resource, one.name(), one.values())))
                .map(resource -> resource.path("id").asString())
                .toList();
        String query = type + "?"
                + String.join("&", conditions.stream().map(Condition::written).toList());
        assertThat(fixture.found(query + "&_count=1000")).as(query).isEqualTo(expected);
        assertThat(fixture.page(query + "&_summary=count").total()).as(query).hasValue(expected.size());
    }

    @Property(tries = 700, shrinking = ShrinkingMode.BOUNDED)
    void observations(@ForAll("ofObservations") List<Condition> conditions) {
        agrees("Observation", conditions);
    }

    @Property(tries = 400, shrinking = ShrinkingMode.BOUNDED)
    void patients(@ForAll("ofPatients") List<Condition> conditions) {
        agrees("Patient", conditions);
    }
}
