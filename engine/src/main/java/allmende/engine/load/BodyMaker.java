package allmende.engine.load;

import allmende.core.fhir.FhirJson;
import allmende.core.fhir.Identifiers;
import allmende.core.fhir.PatientCompartment;
import allmende.core.fhir.Reference;
import allmende.core.fhir.References;
import allmende.core.fhir.ResourceKey;
import allmende.engine.store.ResourceWrite;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes of a resource the bytes to be stored: with its id, its references pointing to where they belong. */
final class BodyMaker {

    private BodyMaker() {}

    /** What came of it. */
    sealed interface Made {

        /** It can be stored. */
        record Ready(Item.Body body) implements Made {}

        /** It refers to what is not there. */
        record Impossible(Rejection rejection) implements Made {}
    }

    /**
     * Makes the body.
     *
     * @param bytes the resource as it came; kept, but for white space, where nothing in it must change
     * @param id the id it shall have
     * @param plan of the bundle that it came in; null where it came alone
     */
    static Made make(Slice bytes, ObjectNode resource, String id, @Nullable BundlePlan plan) {
        return makeBy(bytes, resource, id, plan == null ? null : plan::resolve);
    }

    /**
     * The same.
     *
     * @param target what a literal reference means by the bundle that it came in; null where it came alone
     */
    static Made makeBy(
            Slice bytes, ObjectNode resource, String id, @Nullable Function<String, @Nullable String> target) {
        boolean rewritten = !resource.path("id").asString("").equals(id);
        ObjectNode changed = rewritten ? withId(resource, id) : resource;
        if (target != null) {
            rewritten |= References.rewrite(changed, target);
        }
        OpenReferences open = new OpenReferences();
        References.forEachLiteral(changed, open::note);
        if (open.fault != null) {
            return new Made.Impossible(open.fault);
        }
        if (!open.queries.isEmpty()) {
            // they are found again in the bytes by the one way of spelling them
            References.rewrite(changed, BodyMaker::spelling);
        }
        boolean asItCame = !rewritten && open.queries.isEmpty();
        byte[] json =
                asItCame ? FhirJson.compact(bytes.array(), bytes.from(), bytes.length()) : FhirJson.write(changed);
        return new Made.Ready(new Item.Body(json, patientId(changed), identifiers(changed), Set.copyOf(open.queries)));
    }

    /** The resource with this id, which stands after the type where it had none. */
    static ObjectNode withId(ObjectNode resource, String id) {
        if (resource.has("id")) {
            return resource.put("id", id);
        }
        ObjectNode renamed = resource.objectNode();
        JsonNode type = resource.get("resourceType");
        if (type != null) {
            renamed.set("resourceType", type);
        }
        renamed.put("id", id);
        for (Map.Entry<String, JsonNode> property : resource.properties()) {
            renamed.set(property.getKey(), property.getValue());
        }
        return renamed;
    }

    private static @Nullable String spelling(String literal) {
        if (literal.indexOf('?') > 0
                && Reference.parse(literal) instanceof Reference.Conditional(String type, String search)) {
            ConditionalQuery query = ConditionalQuery.parse(type, search);
            return query == null ? null : query.literal();
        }
        return null;
    }

    static @Nullable String patientId(JsonNode resource) {
        ResourceKey patient = PatientCompartment.patientOf(resource);
        return patient == null ? null : patient.id();
    }

    private static List<ResourceWrite.Identifier> identifiers(JsonNode resource) {
        return Identifiers.of(resource).stream()
                .map(identifier -> new ResourceWrite.Identifier(identifier.system(), identifier.value()))
                .toList();
    }

    /** Notes the references that don't name a resource by its key. */
    private static final class OpenReferences {
        private final Set<ConditionalQuery> queries = new LinkedHashSet<>();
        private @Nullable Rejection fault;

        void note(String literal) {
            if (literal.startsWith("urn:") || literal.indexOf('?') > 0) {
                switch (Reference.parse(literal)) {
                    case Reference.Bundle _ ->
                        fault = new Rejection(
                                RejectionCode.UNRESOLVED_REFERENCE,
                                "a reference (urn:uuid or urn:oid) names no entry of the same bundle");
                    case Reference.Conditional(String type, String search) -> noteSearch(type, search);
                    case Reference.Relative _,
                            Reference.Absolute _,
                            Reference.Contained _,
                            Reference.Unintelligible _ -> {}
                }
            }
        }

        private void noteSearch(String type, String search) {
            ConditionalQuery query = ConditionalQuery.parse(type, search);
            if (query == null || !ResourceTypes.isKnown(type)) {
                fault = new Rejection(
                        RejectionCode.UNSUPPORTED_CONDITION,
                        "a reference can only search by one identifier: Type?identifier=system|value");
            } else {
                queries.add(query);
            }
        }
    }
}
