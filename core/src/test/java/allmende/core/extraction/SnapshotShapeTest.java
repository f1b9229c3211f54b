package allmende.core.extraction;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.core.fhir.FhirJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What is read of a snapshot written for the test: slices, slices inside of slices, extensions, choices, content references. */
class SnapshotShapeTest {

    private static final String URL = "http://t/StructureDefinition/o";

    /** Elements: id; what else the ElementDefinition has. */
    private static final String[] ELEMENTS = {
        "Observation; 'min':0",
        "Observation.id; 'min':1,'max':'1','type':[{'code':'http://hl7.org/fhirpath/System.String'}]",
        "Observation.extension; 'min':0,'max':'*','slicing':{'discriminator':[{'type':'value','path':'url'}]}",
        "Observation.extension:device; 'sliceName':'device','type':[{'code':'Extension','profile':['http://t/device|1.0']}]",
        "Observation.extension:inline; 'sliceName':'inline','type':[{'code':'Extension'}]",
        "Observation.extension:inline.url; 'fixedUri':'http://t/inline','min':1,'max':'1','type':[{'code':'uri'}]",
        "Observation.identifier; 'min':1,'max':'*','type':[{'code':'Identifier'}],'slicing':{'discriminator':[{'type':'pattern','path':'type'}]}",
        "Observation.identifier.type; 'min':0,'max':'1','type':[{'code':'CodeableConcept'}]",
        "Observation.identifier:order; 'sliceName':'order','min':1,'max':'1','type':[{'code':'Identifier'}]",
        "Observation.identifier:order.type; 'min':1,'max':'1','patternCodeableConcept':{'coding':[{'system':'http://v2','code':'ORD'}]}",
        "Observation.identifier:order.type.coding; 'min':1,'max':'*','slicing':{'discriminator':[{'type':'value','path':'system'}]}",
        "Observation.identifier:order.type.coding:v2; 'sliceName':'v2','min':1,'max':'1'",
        "Observation.identifier:order.type.coding:v2.system; 'min':1,'fixedUri':'http://v2'",
        "Observation.status; 'min':1,'max':'1','type':[{'code':'code'}]",
        "Observation.code; 'min':1,'max':'1','type':[{'code':'CodeableConcept'}]",
        "Observation.code.coding; 'min':1,'max':'*','type':[{'code':'Coding'}],'slicing':{'discriminator':[{'type':'value','path':'system'},{'type':'value','path':'code'}]}",
        "Observation.code.coding:glucose; 'sliceName':'glucose','min':1,'max':'1'",
        "Observation.code.coding:glucose.system; 'min':1,'fixedUri':'http://loinc.org'",
        "Observation.code.coding:glucose.code; 'min':1,'fixedCode':'2339-0'",
        "Observation.subject; 'min':1,'max':'1','type':[{'code':'Reference'}]",
        "Observation.effective[x]; 'min':1,'max':'1','type':[{'code':'dateTime'},{'code':'Period'}]",
        "Observation.value[x]; 'min':0,'max':'1','type':[{'code':'Quantity'},{'code':'CodeableConcept'}],'slicing':{'discriminator':[{'type':'type','path':'$this'}]}",
        "Observation.value[x]:valueQuantity; 'sliceName':'valueQuantity','min':0,'max':'1','type':[{'code':'Quantity'}]",
        "Observation.value[x]:valueQuantity.value; 'min':1,'max':'1','type':[{'code':'decimal'}]",
        "Observation.referenceRange; 'min':0,'max':'*','type':[{'code':'BackboneElement'}]",
        "Observation.referenceRange.low; 'min':0,'max':'1','type':[{'code':'Quantity'}]",
        "Observation.component; 'min':0,'max':'*','type':[{'code':'BackboneElement'}],'slicing':{'discriminator':[{'type':'profile','path':'code'}]}",
        "Observation.component.code; 'min':1,'max':'1','type':[{'code':'CodeableConcept'}]",
        "Observation.component.referenceRange; 'min':0,'max':'*','contentReference':'#Observation.referenceRange'",
        "Observation.component:told; 'sliceName':'told','min':0,'max':'1'",
    };

    private static JsonNode definition() {
        StringBuilder json = new StringBuilder("{'resourceType':'StructureDefinition','url':'" + URL
                + "','kind':'resource','type':'Observation','snapshot':{'element':[");
        for (String element : ELEMENTS) {
            String[] parts = element.split("; ", 2);
            json.append("{'id':'")
                    .append(parts[0])
                    .append("',")
                    .append(parts[1])
                    .append("},");
        }
        json.setLength(json.length() - 1);
        return json(json.append("]}}").toString());
    }

    private static JsonNode json(String text) {
        return FhirJson.parse(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private static ProfileShape shape() {
        return SnapshotShape.read(definition(), Set.of("http://t/derived")).orElseThrow();
    }

    @Test
    void readsWhatIsRequiredParentsFirst() {
        ProfileShape shape = shape();

        assertThat(shape.accepted()).containsExactlyInAnyOrder(URL, "http://t/derived");
        assertThat(shape.required())
                .extracting(each -> String.join(".", each.path()) + (each.many() ? "*" : "") + " " + each.types())
                .containsExactly(
                        "identifier* [Identifier]",
                        "status [code]",
                        "code [CodeableConcept]",
                        "subject [Reference]",
                        "effective[x] [dateTime, Period]",
                        "code.coding* [Coding]",
                        "component.code [CodeableConcept]");
    }

    @Test
    void tellsSlicesByPatternsAndSaysWhereItCannot() {
        ProfileShape shape = shape();

        assertThat(shape.slices().keySet())
                .containsExactlyInAnyOrder("identifier", "code.coding", "component", "identifier:order.type.coding");
        Slice glucose = shape.slices().get("code.coding").getFirst();
        assertThat(glucose.required()).isTrue();
        assertThat(glucose.matches(json("{'system':'http://loinc.org','code':'2339-0','display':'x'}")))
                .isTrue();
        assertThat(glucose.matches(json("{'system':'http://loinc.org','code':'1'}")))
                .isFalse();
        assertThat(shape.slices().get("component").getFirst().pattern()).isNull();
        assertThat(shape.slices()
                        .get("identifier")
                        .getFirst()
                        .matches(json(
                                "{'type':{'coding':[{'system':'http://other'},{'system':'http://v2','code':'ORD'}]}}")))
                .isTrue();
    }

    @Test
    void knowsExtensionsByTheirProfileOrTheirUrl() {
        assertThat(shape().extensions())
                .containsEntry("extension:device", "http://t/device")
                .containsEntry("extension:inline", "http://t/inline");
        assertThat(shape().known()).containsExactlyInAnyOrder("http://t/device", "http://t/inline");
    }

    @Test
    void resolvesEveryIdOfItsOwnAndInsideOfDataTypesAndNoOther() {
        ProfileShape shape = shape();
        for (String element : ELEMENTS) {
            String id = element.substring(0, element.indexOf(';'));
            if (id.indexOf('.') > 0) {
                assertThat(ElementRef.of(id, shape)).as(id).isNotNull();
            }
        }
        for (String inside : List.of(
                "Observation.subject.reference",
                "Observation.component.referenceRange.low",
                "Observation.value[x]:valueCodeableConcept")) {
            assertThat(ElementRef.of(inside, shape)).as(inside).isNotNull();
        }
        for (String wrong : List.of(
                "Observation",
                "Observation.beard",
                "Condition.code",
                "Observation.code.coding:sodium",
                "Observation.identifier.type.coding:v2",
                "Observation.extension:nobody",
                "Observation.value[x]:quantity",
                "Observation..code")) {
            assertThat(ElementRef.of(wrong, shape)).as(wrong).isNull();
        }
    }

    @Test
    void slicesInsideOfSlicesAreReducedAsOthersAre() {
        String identifiers =
                "'identifier':[{'type':{'coding':[{'system':'http://v2','code':'ORD'},{'system':'http://local'}],"
                        + "'text':'t'},'value':'1'},{'type':{'text':'other'},'value':'2'}]";

        assertThat(reduced(identifiers, "Observation.identifier")
                        .path("identifier")
                        .toString())
                .isEqualTo(
                        "[{\"type\":{\"coding\":[{\"system\":\"http://v2\",\"code\":\"ORD\"}],\"text\":\"t\"},\"value\":\"1\"}]");
        assertThat(reduced(identifiers, "Observation.identifier:order.type.coding:v2.system")
                        .path("identifier")
                        .path(0)
                        .path("type")
                        .path("coding")
                        .toString())
                .isEqualTo("[{\"system\":\"http://v2\",\"code\":\"ORD\"}]");
    }

    @Test
    void aListWhoseSlicesCannotBeToldStaysOpen() {
        assertThat(reduced("'component':[{'code':{'text':'a'}},{'code':{'text':'b'}}]", "Observation.component")
                        .path("component"))
                .hasSize(2);
    }

    @Test
    void readsNothingWithoutSnapshotOrOfDataTypes() {
        assertThat(SnapshotShape.read(json("{'kind':'resource','type':'Observation'}"), Set.of()))
                .isEmpty();
        ObjectNode type = (ObjectNode) definition();
        type.put("kind", "complex-type");
        assertThat(SnapshotShape.read(type, Set.of())).isEmpty();
    }

    /** What is left of an Observation by a group with these fields. */
    private static ObjectNode reduced(String content, String... fields) {
        List<Attribute> attributes = new ArrayList<>();
        for (String field : fields) {
            attributes.add(new Attribute(field, false, List.of(), ""));
        }
        Extraction extraction = new Extraction(List.of(
                new AttributeGroup("p", "p", "http://t/p", false, List.of(), List.of(), ""),
                new AttributeGroup("o", "o", URL, false, attributes, List.of(), "")));
        ProfileElements elements = new ProfileElements() {
            @Override
            public Optional<ProfileShape> shape(String url) {
                return url.equals(URL)
                        ? Optional.of(SnapshotShapeTest.shape())
                        : SnapshotShape.read(
                                json("{'kind':'resource','type':'Patient','snapshot':{'element':[{'id':'Patient'}]}}"),
                                Set.of());
            }

            @Override
            public List<String> searched(String profile, String type, String name) {
                return List.of();
            }
        };
        PlanRead.Planned planned = (PlanRead.Planned) ExtractPlan.read(extraction, elements, Set::of);
        ObjectNode source = (ObjectNode) json("{'resourceType':'Observation','id':'1'," + content + "}");
        return planned.plan().redact(source, Set.of(1), literal -> null, List.of());
    }
}
