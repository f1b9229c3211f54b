package allmende.core.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import tools.jackson.databind.node.ObjectNode;

/** Splicing bytes and changing a tree come to the same. */
class MetaSpliceProperties {

    private static final Instant AT = Instant.parse("2026-01-02T03:04:05.006789Z");

    @Property(tries = 3000)
    void stampsAsATreeWould(@ForAll("resources") byte[] body) {
        assertThat(FhirJson.parse(MetaSplice.stamped(body, 17, AT)))
                .isEqualTo(naive((ObjectNode) FhirJson.parse(body), true));
    }

    @Property(tries = 3000)
    void takesOutAsATreeWould(@ForAll("resources") byte[] body) {
        byte[] plain = MetaSplice.plain(body);
        assertThat(FhirJson.parse(plain)).isEqualTo(naive((ObjectNode) FhirJson.parse(body), false));
        assertThat(FhirJson.parse(MetaSplice.plain(plain))).isEqualTo(FhirJson.parse(plain));
    }

    @Property(tries = 500)
    void whatWasStampedIsAsBeforeOnceTakenOut(@ForAll("resources") byte[] body) {
        byte[] plain = MetaSplice.plain(body);
        assertThat(FhirJson.parse(MetaSplice.plain(MetaSplice.stamped(plain, 3, AT))))
                .isEqualTo(naive((ObjectNode) FhirJson.parse(plain), false));
    }

    @Property(tries = 3000)
    void stepsOverPropertiesAsATreeWould(@ForAll("resources") byte[] body) {
        ObjectNode walked = FhirJson.mapper().createObjectNode();
        for (Properties property = new Properties(body); property.next(); ) {
            walked.set(property.name(), FhirJson.parse(Arrays.copyOfRange(body, property.from(), property.to())));
        }
        assertThat(walked).isEqualTo(FhirJson.parse(body));
    }

    @Example
    void keepsTheOtherBytes() {
        assertThat(text(MetaSplice.stamped(bytes("{\"resourceType\":\"Patient\",\"id\":\"a\",\"x\":1.50}"), 2, AT)))
                .isEqualTo("{\"resourceType\":\"Patient\",\"id\":\"a\",\"meta\":{\"versionId\":\"2\","
                        + "\"lastUpdated\":\"2026-01-02T03:04:05.006Z\"},\"x\":1.50}");
        assertThat(text(MetaSplice.stamped(
                        bytes("{\"meta\":{\"versionId\":\"9\",\"profile\":[\"p\"]},\"x\":1.50}"), 2, AT)))
                .isEqualTo("{\"meta\":{\"versionId\":\"2\",\"lastUpdated\":\"2026-01-02T03:04:05.006Z\","
                        + "\"profile\":[\"p\"]},\"x\":1.50}");
    }

    @Provide
    Arbitrary<byte[]> resources() {
        Arbitrary<String> value = Arbitraries.of(
                "1",
                "\"a\"",
                "\"ü\"",
                "\"},{\\\"\"",
                "\"\\\\\"",
                "{}",
                "[]",
                "[{\"meta\":{\"versionId\":\"7\"}},2]",
                "null",
                "true",
                "{\"versionId\":\"x\",\"a\":[1,\"]\"]}");
        Arbitrary<String> ownName = Arbitraries.of(
                "versionId", "lastUpdated", "_versionId", "_lastUpdated", "profile", "tag", "ta\\u0067x", "");
        Arbitrary<String> meta = members(ownName, value);
        Arbitrary<String> name =
                Arbitraries.of("resourceType", "id", "code", "m\\u0065ta2", "text", "Meta", "contained", "");
        Arbitrary<String> spelled =
                Arbitraries.frequency(net.jqwik.api.Tuple.of(9, "meta"), net.jqwik.api.Tuple.of(1, "m\\u0065ta"));
        Arbitrary<String> metaValue = Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(9, meta.map(inner -> "{" + inner + "}")), net.jqwik.api.Tuple.of(1, value));
        Arbitrary<String> withMeta = net.jqwik.api.Combinators.combine(
                        members(name, value), spelled, metaValue, members(name.map(n -> n + "Z"), value))
                .as((before, key, inner, after) -> join(List.of(before, "\"" + key + "\":" + inner, after)));
        return Arbitraries.oneOf(withMeta, members(name, value)).map(inner -> bytes("{" + inner + "}"));
    }

    private static Arbitrary<String> members(Arbitrary<String> name, Arbitrary<String> value) {
        return name.list().uniqueElements().ofMaxSize(5).flatMap(names -> value.list()
                .ofSize(names.size())
                .map(values -> {
                    StringBuilder text = new StringBuilder();
                    for (int i = 0; i < names.size(); i++) {
                        text.append(i == 0 ? "" : ",")
                                .append('"')
                                .append(names.get(i))
                                .append("\":")
                                .append(values.get(i));
                    }
                    return text.toString();
                }));
    }

    private static String join(List<String> parts) {
        return String.join(",", parts.stream().filter(part -> !part.isEmpty()).toList());
    }

    private static ObjectNode naive(ObjectNode resource, boolean stamp) {
        ObjectNode meta = resource.get("meta") instanceof ObjectNode object ? object : resource.objectNode();
        List.of("versionId", "lastUpdated", "_versionId", "_lastUpdated").forEach(meta::remove);
        if (stamp) {
            meta.put("versionId", "17").put("lastUpdated", "2026-01-02T03:04:05.006Z");
        }
        if (meta.isEmpty()) {
            resource.remove("meta");
        } else {
            resource.set("meta", meta);
        }
        return resource;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
