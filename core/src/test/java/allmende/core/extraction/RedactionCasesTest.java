package allmende.core.extraction;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.core.fhir.FhirJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class RedactionCasesTest {

    private static final String KDS = "https://www.medizininformatik-initiative.de/fhir/";
    private static final String PATIENT = KDS + "core/modul-person/StructureDefinition/PatientPseudonymisiert";
    private static final String MASK = FhirJson.mapper().writeValueAsString(Masked.element());
    private static final ProfileElements ELEMENTS = ShippedElements.load();

    @TestFactory
    Stream<DynamicTest> cases() throws IOException {
        try (InputStream stream =
                Objects.requireNonNull(getClass().getResourceAsStream("/allmende/extraction/redaction.case"))) {
            String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8).replace("\"P:", "\"" + KDS);
            return Stream.of(text.split("\n== "))
                    .skip(1)
                    .map(each ->
                            DynamicTest.dynamicTest(each.lines().findFirst().orElseThrow(), () -> check(each)));
        }
    }

    private static void check(String text) {
        ArrayNode groups = FhirJson.mapper().createArrayNode();
        Set<String> references = new HashSet<>();
        String source = "";
        String result = "";
        for (String line : text.lines().skip(1).toList()) {
            int space = line.indexOf(' ');
            String rest = line.substring(space + 1);
            switch (space < 0 ? "" : line.substring(0, space)) {
                case "group" ->
                    groups.addObject()
                            .put("groupReference", rest.replace("P:", KDS))
                            .put("id", "g" + groups.size())
                            .putArray("attributes");
                case "field" ->
                    ((ArrayNode) groups.get(groups.size() - 1).path("attributes"))
                            .addObject()
                            .put("attributeRef", rest)
                            .put("mustHave", false);
                case "refs" -> references.addAll(List.of(rest.split(" ")));
                case "source" -> source = rest;
                case "result" -> result = rest;
                default -> {}
            }
        }
        JsonNode expected = FhirJson.parse(result.replace("MASK", MASK).getBytes(StandardCharsets.UTF_8));
        assertThat(redacted(groups, references, source)).isEqualTo(expected);
    }

    private static JsonNode redacted(ArrayNode groups, Set<String> references, String source) {
        boolean patient = groups.toString().contains("modul-person/StructureDefinition/Patient");
        List<Integer> asked = new ArrayList<>();
        for (int i = 0; i < groups.size(); i++) {
            asked.add(i);
        }
        if (!patient) {
            groups.addObject()
                    .put("groupReference", PATIENT)
                    .put("id", "patient")
                    .putArray("attributes");
        }
        ObjectNode crtdl = FhirJson.mapper().createObjectNode();
        crtdl.putObject("dataExtraction").set("attributeGroups", groups);
        PlanRead read = ExtractPlan.read(CrtdlReader.read(crtdl).extraction(), ELEMENTS, Set::of);
        assertThat(read).isInstanceOf(PlanRead.Planned.class);
        ObjectNode resource = (ObjectNode) FhirJson.parse(source.getBytes(StandardCharsets.UTF_8));
        return ((PlanRead.Planned) read)
                .plan()
                .redact(
                        resource,
                        Set.copyOf(asked),
                        literal -> references.contains(literal) ? literal : null,
                        List.of());
    }
}
