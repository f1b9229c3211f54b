package allmende.app.bulk;

import allmende.app.fhirapi.FhirProblem;
import allmende.core.fhir.FhirJson;
import allmende.core.fhir.JsonRead;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The parameters of an operation, out of the address or out of a Parameters resource. */
final class Asked {

    private final Map<String, List<JsonNode>> values = new LinkedHashMap<>();

    private Asked() {}

    /**
     * Reads parameters.
     *
     * @param query of the address; null for none
     * @param body a Parameters resource; empty for none
     * @param known names that may occur; others are refused, since a filter that is ignored tells too much
     */
    static Asked of(@Nullable String query, byte[] body, Set<String> known) {
        Asked asked = new Asked();
        for (String pair : query == null ? new String[0] : query.split("&")) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
                asked.add(
                        name,
                        FhirJson.mapper()
                                .getNodeFactory()
                                .stringNode(equals < 0 ? "" : decoded(pair.substring(equals + 1))));
            }
        }
        if (body.length > 0) {
            asked.addAll(body);
        }
        for (String name : asked.values.keySet()) {
            if (!known.contains(name) && !name.equals("_pretty")) {
                throw FhirProblem.notSupported("This operation does not know this parameter.", name);
            }
        }
        return asked;
    }

    private void addAll(byte[] body) {
        JsonNode tree =
                switch (FhirJson.read(body)) {
                    case JsonRead.Parsed(JsonNode parsed) -> parsed;
                    case JsonRead.Malformed malformed ->
                        throw FhirProblem.of(400, "structure", "The body is no JSON: " + malformed + ".");
                };
        if (!tree.path("resourceType").asString("").equals("Parameters")) {
            throw FhirProblem.invalid("The body of this operation is a Parameters resource.", "resourceType");
        }
        for (JsonNode parameter : tree.path("parameter").values()) {
            String name = parameter.path("name").asString("");
            for (Map.Entry<String, JsonNode> property : parameter.properties()) {
                String key = property.getKey();
                if (key.startsWith("value") || key.equals("resource")) {
                    add(name, property.getValue());
                } else if (key.equals("part")) {
                    add(name, parameter);
                }
            }
        }
    }

    private void add(String name, JsonNode value) {
        values.computeIfAbsent(name, first -> new ArrayList<>()).add(value);
    }

    static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            throw FhirProblem.invalid("The address holds a percent sign that is followed by no two digits.");
        }
    }

    /** Names of the parameters. */
    Set<String> names() {
        return values.keySet();
    }

    /** All values of a parameter as they came. */
    List<JsonNode> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    /** The one text of a parameter; null where it is not there. */
    @Nullable
    String text(String name) {
        List<JsonNode> all = all(name);
        if (all.isEmpty()) {
            return null;
        }
        return all.getFirst().asString("");
    }

    /** References of a parameter, as texts: given by themselves or as Reference. */
    List<String> references(String name) {
        return all(name).stream()
                .map(value -> value.isObject() ? value.path("reference").asString("") : value.asString(""))
                .toList();
    }

    /** Values separated by commas, each once. */
    Set<String> list(String name) {
        Set<String> list = new LinkedHashSet<>();
        for (JsonNode value : all(name)) {
            for (String one : value.asString("").split(",")) {
                if (!one.isBlank()) {
                    list.add(one.strip());
                }
            }
        }
        return list;
    }

    /** A time; null where it is not there. */
    @Nullable
    Instant time(String name) {
        String text = text(name);
        if (text == null) {
            return null;
        }
        try {
            return text.length() == 10
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    // a plus sign in a query is a space to those who decode it
                    : OffsetDateTime.parse(text.replace(' ', '+')).toInstant();
        } catch (DateTimeException notOne) {
            throw FhirProblem.of(400, "value", name + " is a time such as 2026-01-31T12:00:00Z.", name);
        }
    }
}
