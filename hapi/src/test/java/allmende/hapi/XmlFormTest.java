package allmende.hapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class XmlFormTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String OBSERVATION = """
            {"resourceType":"Observation","id":"o1","meta":{"profile":["http://example.org/p|2026"]},
             "text":{"status":"generated","div":"<div xmlns=\\"http://www.w3.org/1999/xhtml\\">Größe &amp; Wert</div>"},
             "extension":[{"url":"http://example.org/e","valueDecimal":1.50}],
             "status":"final","_status":{"extension":[{"url":"http://example.org/s","valueBoolean":true}]},
             "code":{"coding":[{"system":"http://loinc.org","code":"8302-2","display":"Körpergröße"}]},
             "subject":{"reference":"Patient/1/_history/2"},"effectiveDateTime":"2026-03",
             "valueQuantity":{"value":1.830,"unit":"m","system":"http://unitsofmeasure.org","code":"m"}}""";

    private final XmlForm form = new XmlForm();

    @Test
    void comesBackAsItWas() {
        byte[] xml = form.toXml(bytes(OBSERVATION));
        assertThat(new String(xml, StandardCharsets.UTF_8))
                .startsWith("<Observation xmlns=\"http://hl7.org/fhir\">")
                .contains("<value value=\"1.830\"", "Patient/1/_history/2");
        assertThat(JSON.readTree(form.toJson(xml))).isEqualTo(JSON.readTree(OBSERVATION));
    }

    @Test
    void refusesWhatIsNoResourceWithoutQuotingIt() {
        for (String broken : new String[] {
            "",
            "Meier",
            "{}",
            "{\"resourceType\":\"Meier\"}",
            "{\"resourceType\":\"Patient\",\"x\":1}",
            "{\"resourceType\":\"Patient\",\"\":1}",
            "{\"resourceType\":\"Patient\",\"contact\":[{\"\":\"Meier\"}]}"
        }) {
            assertThatThrownBy(() -> form.toXml(bytes(broken)))
                    .isInstanceOf(XmlForm.Unreadable.class)
                    .hasMessageNotContaining("Meier");
        }
        assertThatThrownBy(() -> form.toJson(bytes("<Meier/>"))).isInstanceOf(XmlForm.Unreadable.class);
    }

    @Test
    void readsNoForeignFiles() {
        String hostile = "<!DOCTYPE p [<!ENTITY e SYSTEM \"file:///etc/hostname\">]>"
                + "<Patient xmlns=\"http://hl7.org/fhir\"><id value=\"&e;\"/></Patient>";
        assertThatThrownBy(() -> form.toJson(bytes(hostile))).isInstanceOf(XmlForm.Unreadable.class);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
