package allmende.core.cohort;

import allmende.core.fhir.Coding;
import allmende.core.path.ElementPath;
import allmende.core.terminology.Terminology;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One resource while facts are read from it: what each path of its type finds is looked up once for all contexts. */
final class ResourceView {

    /** The paths of one resource type, numbered. */
    static final class Paths {
        private final List<ElementPath> paths = new ArrayList<>();
        private final Map<String, Integer> numbers = new HashMap<>();

        int number(String path) {
            Integer known = numbers.get(path);
            if (known != null) {
                return known;
            }
            paths.add(ElementPath.compile(path));
            numbers.put(path, paths.size() - 1);
            return paths.size() - 1;
        }
    }

    private final JsonNode resource;
    private final Paths paths;
    private final @Nullable List<Coding>[] codings;

    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of lists can't be made otherwise
    ResourceView(JsonNode resource, Paths paths) {
        this.resource = resource;
        this.paths = paths;
        this.codings = new List[paths.paths.size()];
    }

    JsonNode resource() {
        return resource;
    }

    List<JsonNode> nodes(int path) {
        return paths.paths.get(path).evaluate(resource);
    }

    @Nullable
    JsonNode first(int path) {
        return paths.paths.get(path).first(resource);
    }

    /** The codes that the path finds; those of elements that have no system are given an empty one. */
    List<Coding> codings(int path) {
        List<Coding> known = codings[path];
        if (known == null) {
            known = codings(nodes(path), "");
            codings[path] = known;
        }
        return known;
    }

    /**
     * The codes of CodeableConcepts, Codings and plain codes, with today's name of their system. Codings without system or
     * code say nothing.
     *
     * @param system the system of plain codes
     */
    static List<Coding> codings(List<JsonNode> nodes, String system) {
        if (nodes.isEmpty()) {
            return List.of();
        }
        List<Coding> codings = new ArrayList<>(4);
        for (JsonNode node : nodes) {
            JsonNode inner = node.get("coding");
            if (inner != null && inner.isArray()) {
                for (JsonNode coding : inner.values()) {
                    add(coding, codings);
                }
            } else if (node.isObject()) {
                add(node, codings);
            } else {
                codings.add(new Coding(system, node.asString("")));
            }
        }
        return codings;
    }

    private static void add(JsonNode coding, List<Coding> codings) {
        JsonNode system = coding.get("system");
        JsonNode code = coding.get("code");
        if (system != null && system.isString() && code != null && code.isString()) {
            codings.add(new Coding(Terminology.canonical(system.stringValue()), code.stringValue()));
        }
    }
}
