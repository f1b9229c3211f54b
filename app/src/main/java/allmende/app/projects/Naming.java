package allmende.app.projects;

import allmende.core.extraction.Deidentification;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** De-identifies, and remembers what each patient is called afterwards: for the disclosure register. */
final class Naming implements Deidentification {

    private static final String REFERENCE = "Patient/";

    /** What a patient is called where nothing of the delivery names them. */
    private static final String NAMELESS = "-";

    private final Deidentification rules;
    private final Map<String, String> pseudonyms = new ConcurrentHashMap<>();

    Naming(Deidentification rules) {
        this.rules = rules;
    }

    @Override
    public List<ObjectNode> apply(@Nullable String patient, List<ObjectNode> resources) {
        List<ObjectNode> left = rules.apply(patient, resources);
        if (patient != null && left.stream().anyMatch(one -> !one.isEmpty())) {
            pseudonyms.put(patient, name(left));
        }
        return left;
    }

    /** Pseudonyms by ids of those patients of whom something was left. */
    Map<String, String> pseudonyms() {
        return Map.copyOf(pseudonyms);
    }

    private static String name(List<ObjectNode> resources) {
        for (ObjectNode resource : resources) {
            if (resource.path("resourceType").asString("").equals("Patient")) {
                return resource.path("id").asString(NAMELESS);
            }
        }
        for (ObjectNode resource : resources) {
            for (String element : List.of("subject", "patient", "beneficiary")) {
                JsonNode reference = resource.path(element).path("reference");
                if (reference.asString("").startsWith(REFERENCE)) {
                    return reference.asString("").substring(REFERENCE.length());
                }
            }
        }
        return NAMELESS;
    }
}
