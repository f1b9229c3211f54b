package allmende.core.fhir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

final class ReferencesTest {

    private static final ResourceKey P1 = new ResourceKey("Patient", "p-1.a");

    @Test
    void tellsFormsApart() {
        assertThat(Reference.parse("Patient/p-1.a")).isEqualTo(new Reference.Relative(P1));
        assertThat(Reference.parse("Patient/p-1.a/_history/3")).isEqualTo(new Reference.Relative(P1));
        assertThat(Reference.parse("https://h.example/fhir/Patient/p-1.a"))
                .isEqualTo(new Reference.Absolute("https://h.example/fhir/Patient/p-1.a", P1));
        assertThat(Reference.parse("https://h.example/fhir/Patient/p-1.a/_history/3")
                        .resourceKey())
                .isEqualTo(P1);
        assertThat(Reference.parse("https://h.example/fhir/ValueSet"))
                .isEqualTo(new Reference.Absolute("https://h.example/fhir/ValueSet", null));
        assertThat(Reference.parse("urn:uuid:6f1d")).isEqualTo(new Reference.Bundle("urn:uuid:6f1d"));
        assertThat(Reference.parse("urn:oid:1.2.3")).isEqualTo(new Reference.Bundle("urn:oid:1.2.3"));
        assertThat(Reference.parse("#med")).isEqualTo(new Reference.Contained("med"));
        assertThat(Reference.parse("Practitioner?identifier=http://x/y|1"))
                .isEqualTo(new Reference.Conditional("Practitioner", "identifier=http://x/y|1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Patient",
                "Patient/",
                "/Patient/1",
                "patient/1",
                "Patient/ü",
                "Patient/a b",
                "Patient/1/2",
                "Patient/12345678901234567890123456789012345678901234567890123456789012345",
                "1",
                "?x=1"
            })
    void takesNothingElseForAKey(String literal) {
        assertThat(Reference.parse(literal)).isEqualTo(new Reference.Unintelligible(literal));
    }

    @Property
    void neverThrows(@ForAll String literal) {
        assertThat(Reference.parse(literal)).isNotNull();
        assertThat(Reference.parse("https://" + literal)).isNotNull();
        assertThat(Reference.parse("Patient/" + literal)).isNotNull();
    }

    private static final String PRESCRIPTION = """
            {"resourceType":"MedicationRequest","id":"m",
             "contained":[{"resourceType":"Medication","id":"c","manufacturer":{"reference":"urn:uuid:org"}}],
             "medicationReference":{"reference":"#c"},
             "subject":{"reference":"urn:uuid:pat","display":"urn:uuid:pat"},
             "note":[{"authorReference":{"reference":"Practitioner?identifier=1"}}],
             "extension":[{"url":"urn:uuid:att","valueReference":{"reference":"Group/1"}}],
             "reference":7}
            """;

    @Test
    void collectsInDocumentOrder() {
        assertThat(References.collect(FhirJson.parse(PRESCRIPTION.getBytes(UTF_8))))
                .containsExactly(
                        new Reference.Bundle("urn:uuid:org"),
                        new Reference.Contained("c"),
                        new Reference.Bundle("urn:uuid:pat"),
                        new Reference.Conditional("Practitioner", "identifier=1"),
                        new Reference.Relative(new ResourceKey("Group", "1")));
    }

    @Test
    void rewritesInPlace() {
        JsonNode tree = FhirJson.parse(PRESCRIPTION.getBytes(UTF_8));
        Map<String, String> targets = Map.of("urn:uuid:pat", "Patient/1", "urn:uuid:att", "Binary/2");
        assertThat(References.rewrite(tree, targets::get)).isTrue();
        assertThat(tree.at("/subject/reference").stringValue()).isEqualTo("Patient/1");
        assertThat(tree.at("/subject/display").stringValue()).isEqualTo("urn:uuid:pat");
        assertThat(tree.at("/extension/0/url").stringValue()).isEqualTo("Binary/2");
        assertThat(tree.at("/contained/0/manufacturer/reference").stringValue()).isEqualTo("urn:uuid:org");
        assertThat(References.rewrite(tree, targets::get)).isFalse();
        assertThat(References.rewrite(tree, literal -> literal)).isFalse();
    }
}
