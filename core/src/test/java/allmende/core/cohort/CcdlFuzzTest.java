package allmende.core.cohort;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.core.fhir.FhirJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Damaged queries are refused with the place of the damage, never by an exception. */
class CcdlFuzzTest {

    private static final Catalogue CATALOGUE = Catalogues.shipped();
    private static final String[] JUNK = {
        "null", "true", "\"\"", "\"2\"", "-1.5e300", "[]", "{}", "[[null]]", "{\"\":[]}"
    };

    private final CcdlReader reader = new CcdlReader(CATALOGUE);

    @Property(tries = 300)
    void damageIsReportedNotThrown(@ForAll("queries") CohortQuery query, @ForAll("seeds") long seed) {
        JsonNode document = FhirJson.parse(new CcdlWriter().write(query));
        Random random = new Random(seed);
        int blows = 1 + random.nextInt(3);
        for (int i = 0; i < blows; i++) {
            damage(document, random);
        }
        if (reader.read(FhirJson.write(document)) instanceof ParsedQuery.Invalid(List<Problem> problems)) {
            assertThat(problems).isNotEmpty().allSatisfy(problem -> {
                JsonPointer pointer = JsonPointer.compile(problem.pointer());
                JsonPointer parent = pointer.head();
                assertThat(document.at(parent == null ? pointer : parent).isMissingNode()
                                && (parent == null || document.at(parent.head()).isMissingNode()))
                        .as("%s", problem)
                        .isFalse();
                assertThat(problem.message()).isNotBlank();
            });
        }
    }

    private static void damage(JsonNode document, Random random) {
        List<JsonNode> containers = new ArrayList<>();
        collect(document, containers);
        JsonNode target = containers.get(random.nextInt(containers.size()));
        JsonNode junk = FhirJson.mapper().readTree(JUNK[random.nextInt(JUNK.length)]);
        if (target instanceof ObjectNode object && !object.isEmpty()) {
            List<String> names = new ArrayList<>(object.propertyNames());
            String name = names.get(random.nextInt(names.size()));
            if (random.nextInt(4) == 0) {
                object.remove(name);
            } else {
                object.set(name, junk);
            }
        } else if (target instanceof ArrayNode array && !array.isEmpty()) {
            array.set(random.nextInt(array.size()), junk);
        }
    }

    private static void collect(JsonNode node, List<JsonNode> containers) {
        if (node.isContainer()) {
            containers.add(node);
            node.forEach(child -> collect(child, containers));
        }
    }

    @Provide
    Arbitrary<CohortQuery> queries() {
        return QueryArbitraries.queries(CATALOGUE);
    }

    @Provide
    Arbitrary<Long> seeds() {
        return Arbitraries.longs();
    }
}
