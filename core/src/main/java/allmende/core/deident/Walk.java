package allmende.core.deident;

import allmende.core.deident.Edge.Outcome;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Walks resources along the compiled rules and writes what leaves into new ones: what is not written on purpose does not
 * leave. For one thread.
 */
final class Walk {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String TYPE = "resourceType";
    private static final String CONTAINED = "contained";
    private static final String ABSENT = "http://hl7.org/fhir/StructureDefinition/data-absent-reason";

    private final RuleSet rules;
    private final Tally tally;
    private final Values values;
    private final Pending pending;
    private Patients patients = Patients.in(JSON.objectNode());
    private Set<String> contained = Set.of();
    private int depth;
    private boolean constant;

    Walk(RuleSet rules, Keys keys, Tally tally, Pending pending) {
        this.rules = rules;
        this.tally = tally;
        this.pending = pending;
        this.values = new Values(keys, rules.settings());
    }

    /** What leaves of a resource; null if nothing does. */
    @Nullable
    ObjectNode resource(ObjectNode resource, @Nullable String patient) {
        boolean bundle = resource.path(TYPE).stringValue("").equals("Bundle");
        patients = Patients.in(bundle ? resource : JSON.objectNode());
        String own = patient != null || bundle ? patient : patients.of(resource, "");
        values.ofPatient(own);
        return enter(resource);
    }

    private @Nullable ObjectNode enter(ObjectNode resource) {
        tally.received();
        String type = resource.path(TYPE).stringValue("");
        Edge root = rules.graph().root(type);
        if (root == null) {
            tally.withoutRules(type);
            return null;
        }
        Outcome outcome = root.of(resource);
        tally.decided(outcome.slot());
        if (outcome.parts() == null) {
            return null;
        }
        Set<String> outer = contained;
        ArrayNode inner = contained(resource, outcome.parts());
        ObjectNode left = JSON.objectNode();
        left.put(TYPE, type);
        depth++;
        parts(outcome.parts(), resource, left, inner);
        depth--;
        contained = outer;
        if (left.size() == 1) {
            return null;
        }
        mark(left);
        tally.left();
        return left;
    }

    /** The contained resources that leave; they come first, since references to the others must not leave. */
    private ArrayNode contained(ObjectNode resource, Node node) {
        ArrayNode left = JSON.arrayNode();
        Set<String> ids = new HashSet<>();
        contained = ids;
        Edge edge = node.edge(CONTAINED);
        JsonNode list = resource.get(CONTAINED);
        if (edge == null || list == null || !list.isArray()) {
            return left;
        }
        for (JsonNode inner : list.values()) {
            if (leaves(edge, inner)) {
                ids.add(values.id(inner.path("id").stringValue("")));
            }
        }
        depth++;
        for (JsonNode inner : list.values()) {
            ObjectNode kept = nested(edge, inner);
            if (kept != null) {
                left.add(kept);
            }
            contained = ids;
        }
        depth--;
        return left;
    }

    private boolean leaves(Edge edge, JsonNode inner) {
        Edge root = rules.graph().root(inner.path(TYPE).stringValue(""));
        return isEntered(edge.of(inner)) && root != null && root.of(inner).parts() != null;
    }

    private static boolean isEntered(Outcome outcome) {
        return outcome.rule() != null && outcome.rule().method() instanceof Method.Keep;
    }

    /** The marking of what was de-identified; contained resources must not have one (FHIR R4, dom-5). */
    private void mark(ObjectNode left) {
        ObjectNode coding = rules.settings().security();
        if (coding != null && depth == 0) {
            ObjectNode meta = left.path("meta") instanceof ObjectNode there ? there : JSON.objectNode();
            ArrayNode labels = meta.path("security") instanceof ArrayNode there ? there : JSON.arrayNode();
            labels.add(coding.deepCopy());
            meta.set("security", labels);
            left.set("meta", meta);
        }
    }

    private void parts(Node node, JsonNode source, ObjectNode target, @Nullable ArrayNode inner) {
        for (Map.Entry<String, JsonNode> property : source.properties()) {
            String name = property.getKey();
            Edge edge = node.edge(name);
            if (node.isExtension() && name.equals("url")) {
                continue;
            }
            if (edge != null) {
                if (name.equals(CONTAINED) && inner != null) {
                    if (!inner.isEmpty()) {
                        target.set(name, inner);
                    }
                } else {
                    part(edge, property.getValue(), source, target);
                }
            } else if (!isSettled(node, name, source, target, inner != null)) {
                tally.unknown();
            }
        }
    }

    /** Whether a property without an edge is accounted for: the type, or extensions of a primitive element. */
    private boolean isSettled(Node node, String name, JsonNode source, ObjectNode target, boolean resource) {
        if (!name.startsWith("_")) {
            return resource && name.equals(TYPE);
        }
        String plain = name.substring(1);
        Edge edge = node.edge(plain);
        if (edge == null || edge.kind() != Edge.Kind.PRIMITIVE) {
            return false;
        }
        if (!source.has(plain)) {
            new Primitive(edge, target).put(JSON.missingNode(), source.path(name));
        }
        return true;
    }

    private void part(Edge edge, JsonNode value, JsonNode source, ObjectNode target) {
        if (edge.kind() == Edge.Kind.PRIMITIVE) {
            new Primitive(edge, target).put(value, source.path(edge.shadow()));
        } else if (edge.repeats() != value.isArray()) {
            tally.malformed();
        } else if (!edge.repeats()) {
            JsonNode left = whole(edge, value);
            if (left != null) {
                target.set(edge.property(), left);
            }
        } else {
            ArrayNode list = JSON.arrayNode(value.size());
            for (JsonNode element : value.values()) {
                JsonNode left = whole(edge, element);
                if (left != null && !(constant && holds(list, left))) {
                    list.add(left);
                }
            }
            if (!list.isEmpty()) {
                target.set(edge.property(), list);
            }
        }
    }

    /** Of constants one is enough: how many there were is nobody's business. */
    private static boolean holds(ArrayNode list, JsonNode value) {
        return list.valueStream().anyMatch(value::equals);
    }

    private @Nullable JsonNode whole(Edge edge, JsonNode value) {
        if (!(value instanceof ObjectNode object)) {
            tally.malformed();
            return null;
        }
        return edge.kind() == Edge.Kind.RESOURCE ? nested(edge, value) : struct(edge, object);
    }

    private @Nullable ObjectNode nested(Edge edge, JsonNode value) {
        Outcome outcome = edge.of(value);
        tally.decided(outcome.slot());
        return isEntered(outcome) && value instanceof ObjectNode resource ? enter(resource) : null;
    }

    private @Nullable JsonNode struct(Edge edge, ObjectNode element) {
        Outcome outcome = edge.of(element);
        tally.decided(outcome.slot());
        Method method = outcome.rule() == null ? null : outcome.rule().method();
        constant = method instanceof Method.Redact || method instanceof Method.Replace;
        if (method instanceof Method.Redact) {
            return masked();
        }
        if (method instanceof Method.Replace(JsonNode value)) {
            return value.deepCopy();
        }
        Node node = outcome.parts();
        if (node == null) {
            return null;
        }
        ObjectNode left = JSON.objectNode();
        if (node.isExtension()) {
            left.set("url", element.path("url"));
            parts(node, element, left, null);
        } else if (node.isEntry()) {
            left = entry(node, element, left);
        } else {
            parts(node, element, left, null);
        }
        constant = false;
        return left.size() <= (node.isExtension() ? 1 : 0) ? null : left;
    }

    /** An entry of a Bundle goes with its resource; each belongs to its own patient where the caller named none. */
    private ObjectNode entry(Node node, ObjectNode entry, ObjectNode left) {
        String outer = values.patient();
        JsonNode resource = entry.path("resource");
        if (outer == null) {
            values.ofPatient(patients.of(resource, entry.path("fullUrl").stringValue("")));
        }
        int outerDepth = depth;
        depth = 0;
        parts(node, entry, left, null);
        depth = outerDepth;
        values.ofPatient(outer);
        boolean lost = !resource.isMissingNode() && !left.has("resource");
        return lost ? JSON.objectNode() : left;
    }

    private static ObjectNode masked() {
        ObjectNode extension = JSON.objectNode();
        extension.put("url", ABSENT);
        extension.put("valueCode", "masked");
        ObjectNode element = JSON.objectNode();
        element.putArray("extension").add(extension);
        return element;
    }

    /** One primitive property with its extensions, as {@code birthDate} and {@code _birthDate}. */
    private final class Primitive {

        private final Edge edge;
        private final ObjectNode target;
        private final Outcome outcome;

        Primitive(Edge edge, ObjectNode target) {
            this.edge = edge;
            this.target = target;
            this.outcome = edge.plain();
        }

        void put(JsonNode value, JsonNode shadow) {
            tally.decided(outcome.slot());
            Rule rule = outcome.rule();
            Method method = rule == null ? null : rule.method();
            if (method instanceof Method.Redact) {
                ObjectNode masked = masked();
                target.set(edge.shadow(), edge.repeats() ? JSON.arrayNode().add(masked) : masked);
                if (edge.repeats()) {
                    target.set(edge.property(), JSON.arrayNode().addNull());
                }
            } else if (method instanceof Method.Replace(JsonNode constant)) {
                target.set(edge.property(), edge.repeats() ? JSON.arrayNode().add(constant) : constant);
            } else if (edge.repeats()) {
                list(value, shadow, method);
            } else {
                single(value, shadow, method);
            }
        }

        private void single(JsonNode value, JsonNode shadow, @Nullable Method method) {
            if (method instanceof Method.Pseudonymise(String domain)) {
                if (isText(value)) {
                    target.put(edge.property(), "");
                    pending.add(domain, value.stringValue(), text -> target.put(edge.property(), text));
                }
            } else {
                JsonNode left = changed(value, method);
                if (left != null) {
                    target.set(edge.property(), left);
                }
            }
            ObjectNode beside = beside(shadow);
            if (beside != null) {
                target.set(edge.shadow(), beside);
            }
        }

        private void list(JsonNode value, JsonNode shadow, @Nullable Method method) {
            if (!value.isArray() && !value.isMissingNode()) {
                tally.malformed();
                return;
            }
            ArrayNode left = JSON.arrayNode();
            ArrayNode besides = JSON.arrayNode();
            boolean values = false;
            boolean shadows = false;
            for (int i = 0; i < Math.max(value.size(), shadow.isArray() ? shadow.size() : 0); i++) {
                ObjectNode beside = shadow.isArray() ? beside(shadow.path(i)) : null;
                boolean put = item(left, value.path(i), method);
                if (put || beside != null) {
                    if (!put) {
                        left.addNull();
                    }
                    besides.add(beside == null ? JSON.nullNode() : beside);
                    values |= put;
                    shadows |= beside != null;
                }
            }
            if (values) {
                target.set(edge.property(), left);
            }
            if (shadows) {
                target.set(edge.shadow(), besides);
            }
        }

        private boolean item(ArrayNode list, JsonNode value, @Nullable Method method) {
            if (value.isNull() || value.isMissingNode()) {
                return false;
            }
            if (method instanceof Method.Pseudonymise(String domain)) {
                int place = list.size();
                boolean fits = isText(value);
                if (fits) {
                    list.add("");
                    pending.add(domain, value.stringValue(), text -> list.set(place, text));
                }
                return fits;
            }
            JsonNode left = changed(value, method);
            if (left != null) {
                list.add(left);
            }
            return left != null;
        }

        private boolean isText(JsonNode value) {
            boolean fits = value.isString()
                    && ValueTypes.isValid(edge.type(), value)
                    && !value.stringValue().isEmpty();
            if (!fits && !value.isMissingNode()) {
                tally.malformed();
            }
            return fits;
        }

        private @Nullable JsonNode changed(JsonNode value, @Nullable Method method) {
            if (method == null || value.isMissingNode()) {
                return null;
            }
            JsonNode left = values.changed(method, edge, value, contained);
            if (left == null && !(method instanceof Method.Remove)) {
                tally.malformed();
            }
            return left;
        }

        private @Nullable ObjectNode beside(JsonNode shadow) {
            if (outcome.parts() == null || !shadow.isObject()) {
                return null;
            }
            ObjectNode left = JSON.objectNode();
            parts(outcome.parts(), shadow, left, null);
            return left.isEmpty() ? null : left;
        }
    }
}
