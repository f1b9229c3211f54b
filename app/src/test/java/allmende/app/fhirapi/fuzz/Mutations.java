package allmende.app.fhirapi.fuzz;

import allmende.core.fhir.FhirJson;
import allmende.core.fhir.JsonRead;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Spoils JSON: first its meaning, then now and then its form. */
final class Mutations {

    private final Chance chance;

    Mutations(Chance chance) {
        this.chance = chance;
    }

    /** The same with some things wrong. */
    byte[] spoiled(String json) {
        byte[] whole = json.getBytes(StandardCharsets.UTF_8);
        if (!(FhirJson.read(whole) instanceof JsonRead.Parsed(JsonNode tree))) {
            return deformed(whole);
        }
        for (int i = chance.below(4); i > 0; i--) {
            spoil(tree);
        }
        byte[] bytes = FhirJson.write(tree);
        return chance.onceIn(6) ? deformed(bytes) : bytes;
    }

    private void spoil(JsonNode tree) {
        List<JsonNode> places = new ArrayList<>();
        gather(tree, places);
        if (places.isEmpty()) {
            return;
        }
        switch (chance.of(places)) {
            case ObjectNode object -> spoil(object);
            case ArrayNode array -> spoil(array);
            default -> throw new IllegalStateException("only these are gathered");
        }
    }

    private static void gather(JsonNode node, List<JsonNode> places) {
        if (node.isContainer() && node.size() > 0) {
            places.add(node);
            node.forEach(child -> gather(child, places));
        }
    }

    private void spoil(ObjectNode object) {
        List<String> names = object.properties().stream().map(Map.Entry::getKey).toList();
        String name = chance.of(names);
        switch (chance.below(6)) {
            case 0 -> object.remove(name);
            case 1 -> object.set(chance.of("resourceType", "id", "meta", "url", name + "x", "_" + name, ""), odd());
            case 2 -> {
                JsonNode value = object.get(name);
                object.putArray(name).add(value);
            }
            case 3 -> object.set(name, object.get(chance.of(names)));
            default -> object.set(name, odd());
        }
    }

    private void spoil(ArrayNode array) {
        int at = chance.below(array.size());
        switch (chance.below(4)) {
            case 0 -> array.remove(at);
            case 1 -> array.insert(at, array.get(at).deepCopy());
            default -> array.set(at, odd());
        }
    }

    /** A value that nobody expects. */
    JsonNode odd() {
        String text = chance.of(
                "null",
                "true",
                "0",
                "-1",
                "1e400",
                "1e999999999",
                "-1e-999999999",
                "123456789012345678901234567890",
                "0.1234567890123456789012345678901234567890",
                "\"\"",
                "\" \"",
                "\"\\u0000\"",
                "\"\\ud800\"",
                "\"\\uffff\\u202e\"",
                "\"2024-13-45\"",
                "\"0000\"",
                "\"9999-12-31T23:59:60.999999999999Z\"",
                "\"2024-02-30T25:61:61+99:99\"",
                "\"urn:uuid:1\"",
                "\"Patient/fuzz\"",
                "\"Patient?identifier=a|b\"",
                "\"#x\"",
                "\"https://example.org/" + "a".repeat(5_000) + "\"",
                "[]",
                "{}",
                "[[[[]]]]",
                "[null]",
                "{\"reference\":7}",
                "{\"reference\":\"Patient/fuzz\"}",
                "{\"value\":1e308,\"unit\":\"mg\",\"system\":\"http://unitsofmeasure.org\",\"code\":\"10^300.m\"}",
                "{\"value\":-1e-300,\"system\":\"http://unitsofmeasure.org\",\"code\":\"((((m))))/s4{x}\"}",
                "{\"coding\":[{\"system\":\"s\",\"code\":\"\\u0000\"}]}",
                "{\"start\":\"2025\",\"end\":\"2024\"}",
                "{\"extension\":[{\"url\":\"u\",\"valueDecimal\":1e5000}]}");
        if (chance.onceIn(12)) {
            int depth = chance.of(20, 100, 150);
            text = "[".repeat(depth) + "]".repeat(depth);
        }
        return FhirJson.mapper().readTree(text);
    }

    /** Bytes that are hardly JSON any more. */
    byte[] deformed(byte[] json) {
        byte[] bytes = json.clone();
        int at = chance.below(bytes.length);
        switch (chance.below(6)) {
            case 0 -> bytes = java.util.Arrays.copyOf(bytes, at);
            case 1 -> bytes[at] = (byte) chance.below(256);
            case 2 -> bytes[at] = 0;
            case 3 -> bytes = with(bytes, at, new byte[] {(byte) 0xC0, (byte) 0x80});
            case 4 -> bytes = with(bytes, 0, new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF});
            default ->
                bytes = with(bytes, at, ("{\"a\":".repeat(chance.of(3, 2_000))).getBytes(StandardCharsets.UTF_8));
        }
        return bytes;
    }

    private static byte[] with(byte[] bytes, int at, byte[] added) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(bytes, 0, at);
        out.writeBytes(added);
        out.write(bytes, at, bytes.length - at);
        return out.toByteArray();
    }
}
