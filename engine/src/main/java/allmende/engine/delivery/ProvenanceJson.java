package allmende.engine.delivery;

import allmende.core.extraction.AttributeGroup;
import allmende.core.fhir.FhirJson;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where data come from, as FHIR Provenance. Groups and extractions are named by the identifiers by which the tools that come
 * after an extraction find them.
 */
final class ProvenanceJson {

    private static final String SYSTEMS = "https://www.medizininformatik-initiative.de/fhir/fdpg/NamingSystem/";
    private static final String GROUP = SYSTEMS + "attribute_group";
    private static final String EXTRACTION = SYSTEMS + "extraction_id";

    private final DeliveryPlan plan;

    ProvenanceJson(DeliveryPlan plan) {
        this.plan = plan;
    }

    /** A collection: one for each group and one for the whole. */
    ObjectNode all() {
        ObjectNode bundle = FhirJson.mapper().createObjectNode();
        bundle.put("resourceType", "Bundle").put("type", "collection");
        ArrayNode entries = bundle.putArray("entry");
        entries.addObject().set("resource", whole());
        for (AttributeGroup group : plan.extraction().groups()) {
            ObjectNode json = FhirJson.mapper().createObjectNode();
            json.put("resourceType", "Provenance").put("id", "group-" + entries.size());
            identifier(json.putArray("target").addObject(), GROUP, group.id()).put("display", group.name());
            origin(json, group);
            entries.addObject().set("resource", json);
        }
        return bundle;
    }

    private ObjectNode whole() {
        DeliveryFacts facts = plan.facts();
        ObjectNode json = FhirJson.mapper().createObjectNode();
        json.put("resourceType", "Provenance").put("id", "delivery");
        identifier(json.putArray("target").addObject(), EXTRACTION, facts.id()).put("display", facts.title());
        json.put("occurredDateTime", facts.created().toString());
        common(json);
        ArrayNode entities = json.putArray("entity");
        entity(entities, "urn:allmende:project", facts.project(), "Data use project");
        entity(entities, "urn:allmende:request-sha256", facts.request(), "Request (CRTDL)");
        entity(entities, "urn:allmende:snapshot", Long.toString(facts.t()), "Snapshot t of the site's data");
        entity(
                entities,
                "urn:allmende:consent-evaluation",
                facts.day().toString(),
                "Consent as of this day, rules: " + facts.consent());
        if (!facts.rules().isEmpty()) {
            entity(entities, "urn:allmende:de-identification", facts.rules(), "Rules of de-identification");
        }
        return json;
    }

    /** Writes when, by whom and from what the resources of a group come. */
    void origin(ObjectNode json, AttributeGroup group) {
        common(json);
        ArrayNode entities = json.putArray("entity");
        entity(entities, GROUP, group.id(), group.name());
        entity(entities, EXTRACTION, plan.facts().id(), plan.facts().title());
    }

    private void common(ObjectNode json) {
        json.put("recorded", plan.facts().created().toString());
        ObjectNode agent = json.putArray("agent").addObject();
        agent.putObject("who").put("display", plan.facts().program());
        agent.putObject("onBehalfOf").put("display", plan.facts().publisher());
    }

    private static void entity(ArrayNode entities, String system, String value, String display) {
        ObjectNode entity = entities.addObject().put("role", "source");
        identifier(entity.putObject("what"), system, value).put("display", display);
    }

    private static ObjectNode identifier(ObjectNode reference, String system, String value) {
        reference.putObject("identifier").put("system", system).put("value", value);
        return reference;
    }
}
