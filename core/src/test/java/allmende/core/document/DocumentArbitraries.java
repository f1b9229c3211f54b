package allmende.core.document;

import allmende.core.cohort.Catalogue;
import allmende.core.cohort.Catalogues;
import allmende.core.cohort.CcdlWriter;
import allmende.core.cohort.QueryArbitraries;
import allmende.core.fhir.FhirJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Documents of every version, with members that no version knows all over them. */
final class DocumentArbitraries {

    static final Catalogue CATALOGUE = Catalogues.shipped();

    private static final List<String> VERSIONS = List.of(
            "2",
            "http://to_be_decided.com/draft-1/schema#",
            "https://medizininformatik-initiative.de/fdpg/StructuredQuery/v3/schema",
            StrictForm.VERSION,
            "urn:x:sq2");

    private DocumentArbitraries() {}

    /** Cohort definitions as bytes. */
    static Arbitrary<byte[]> cohorts() {
        return cohortTrees().map(tree -> DocumentJson.write(tree));
    }

    /** Data selections as bytes. */
    static Arbitrary<byte[]> selections() {
        return Combinators.combine(
                        cohortTrees(), Arbitraries.integers().between(0, 4), Arbitraries.randomValue(Random::nextLong))
                .as((cohort, groups, seed) -> {
                    ObjectNode root = FhirJson.mapper().createObjectNode();
                    root.put("version", seed % 2 == 0 ? "1" : "http://json-schema.org/to-be-done/schema#");
                    root.set("cohortDefinition", cohort);
                    ArrayNode list = root.putObject("dataExtraction").putArray("attributeGroups");
                    for (int number = 0; number < groups; number++) {
                        group(list.addObject(), number, seed % 3 == 0);
                    }
                    sprinkle(root, new Random(seed));
                    return DocumentJson.write(root);
                });
    }

    private static void group(ObjectNode group, int number, boolean old) {
        if (!old) {
            group.put("id", "g" + number);
            group.put("name", "Gruppe " + number);
        }
        group.put("groupReference", "https://example.org/profile/" + number);
        ArrayNode attributes = group.putArray("attributes");
        for (int field = 0; field < number; field++) {
            ObjectNode attribute = attributes.addObject().put("attributeRef", "Condition.f" + field);
            attribute.put("mustHave", field % 2 == 0);
            attribute.putArray("linkedGroups").add("g0");
        }
        ObjectNode token =
                group.putArray("filter").addObject().put("type", "token").put("name", "code");
        token.putArray("codes").addObject().put("system", "urn:s").put("code", "A" + number);
    }

    private static Arbitrary<ObjectNode> cohortTrees() {
        return Combinators.combine(
                        QueryArbitraries.queries(CATALOGUE),
                        Arbitraries.of(VERSIONS),
                        Arbitraries.randomValue(Random::nextLong))
                .as((query, version, seed) -> {
                    ObjectNode root = (ObjectNode) FhirJson.parse(new CcdlWriter().write(query));
                    root.put("version", version);
                    Random random = new Random(seed);
                    age(root, random);
                    sprinkle(root, random);
                    return root;
                });
    }

    /** Writes some criteria as older versions do. */
    private static void age(ObjectNode root, Random random) {
        for (JsonNode group : root.path("inclusionCriteria")) {
            for (JsonNode criterion : group) {
                if (random.nextInt(4) == 0 && criterion.path("termCodes").size() == 1) {
                    ObjectNode node = (ObjectNode) criterion;
                    node.set("termCode", node.path("termCodes").get(0));
                    node.remove("termCodes");
                }
            }
        }
    }

    private static void sprinkle(JsonNode node, Random random) {
        if (node instanceof ObjectNode object) {
            List.copyOf(object.properties()).forEach(member -> sprinkle(member.getValue(), random));
            // an unknown key in the extension is an error, since it may change the meaning
            if (object.has("atLeast") || object.has("position") || object.has("within") || object.has("days")) {
                return;
            }
            if (random.nextInt(3) == 0) {
                object.set("x-" + random.nextInt(100), stranger(random));
            }
            if (random.nextInt(6) == 0) {
                object.set("a/b~c", stranger(random));
            }
        } else {
            node.forEach(element -> sprinkle(element, random));
        }
    }

    private static JsonNode stranger(Random random) {
        String[] texts = {
            "1.50",
            "1e3",
            "-0",
            "0.0000001",
            "12345678901234567890.123",
            "null",
            "[]",
            "{}",
            "{\"z\":1,\"a\":[true,null,\"ü\"]}"
        };
        String text = texts[random.nextInt(texts.length)];
        ObjectNode around = LosslessNumbers.restore(
                (ObjectNode) FhirJson.parse(("{\"v\":" + text + "}").getBytes(StandardCharsets.UTF_8)),
                ("{\"v\":" + text + "}").getBytes(StandardCharsets.UTF_8));
        return around.path("v");
    }
}
