package allmende.core.fhir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class ElementsTest {

    private static JsonNode json(String json) {
        return FhirJson.parse(json.replace('\'', '"').getBytes(UTF_8));
    }

    @Test
    void readsIdentifiers() {
        assertThat(Identifiers.of(json("{'identifier':[{'system':'s','value':'1'},{'value':'2'},{'system':'s'},7]}")))
                .containsExactly(new Identifier("s", "1"), new Identifier("", "2"));
        assertThat(Identifiers.of(json("{'identifier':{'system':'s','value':'1'}}")))
                .containsExactly(new Identifier("s", "1"));
        assertThat(Identifiers.of(json("{}"))).isEmpty();
    }

    @Test
    void readsQuantities() {
        assertThat(
                        Quantities.read(
                                json(
                                        "{'value':1.50,'comparator':'<','unit':'Gramm','system':'http://unitsofmeasure.org','code':'g'}")))
                .isEqualTo(new Quantity(new BigDecimal("1.50"), "<", "g"));
        assertThat(Quantities.read(json("{'value':1,'unit':'Stück','system':'http://x','code':'st'}")))
                .isEqualTo(new Quantity(BigDecimal.ONE, null, "Stück"));
        assertThat(Quantities.read(json("{'value':1,'code':'g'}"))).isEqualTo(new Quantity(BigDecimal.ONE, null, "g"));
        assertThat(Quantities.read(json("{'value':1}"))).isEqualTo(new Quantity(BigDecimal.ONE, null, null));
        assertThat(Quantities.read(json("{'unit':'g'}"))).isNull();
        assertThat(Quantities.read(json("{'value':'1'}"))).isNull();
        assertThat(Quantities.read(json("{'value':1e999999}"))).isNull();
        assertThat(Quantities.read(null)).isNull();
    }
}
