package allmende.engine.proof;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** The resources that are there now, by {@code Type/id}. */
final class NaiveRecords {

    private static final Pattern LITERAL =
            Pattern.compile("(?:https?://.+/)?([A-Z][A-Za-z]+/[A-Za-z0-9.-]{1,64})(?:/_history/.+)?");

    private final Map<String, JsonNode> resources = new LinkedHashMap<>();

    NaiveRecords(Collection<JsonNode> resources) {
        for (JsonNode resource : resources) {
            String type = resource.get("resourceType").asString();
            this.resources.put(type + "/" + resource.get("id").asString(), resource);
        }
    }

    Collection<JsonNode> all() {
        return resources.values();
    }

    Set<String> patients() {
        return resources.values().stream()
                .filter(resource -> resource.get("resourceType").asString().equals("Patient"))
                .map(resource -> resource.get("id").asString())
                .collect(Collectors.toSet());
    }

    /** Id of the patient that the resource speaks of, if that patient is there. */
    Optional<String> patientOf(JsonNode resource) {
        String type = resource.get("resourceType").asString();
        Optional<String> key = type.equals("Patient")
                ? Optional.of("Patient/" + resource.get("id").asString())
                : key(resource.has("subject") ? resource.get("subject") : resource.path("patient"));
        return key.filter(one -> one.startsWith("Patient/") && resources.containsKey(one))
                .map(one -> one.substring("Patient/".length()));
    }

    /** The resource that a Reference in {@code holder} points to, if it is there. */
    Optional<JsonNode> target(JsonNode holder, JsonNode reference) {
        String literal = reference.path("reference").asString("");
        if (literal.startsWith("#")) {
            return holder.path("contained")
                    .valueStream()
                    .filter(contained -> ("#" + contained.path("id").asString("")).equals(literal))
                    .findFirst();
        }
        return key(reference).map(resources::get);
    }

    private static Optional<String> key(JsonNode reference) {
        Matcher literal = LITERAL.matcher(reference.path("reference").asString(""));
        return literal.matches() ? Optional.of(literal.group(1)) : Optional.empty();
    }
}
