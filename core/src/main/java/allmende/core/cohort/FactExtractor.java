package allmende.core.cohort;

import allmende.core.cohort.ResourceFacts.Attribute;
import allmende.core.cohort.ResourceFacts.Fact;
import allmende.core.cohort.ResourceFacts.Link;
import allmende.core.fhir.PatientCompartment;
import allmende.core.fhir.Reference;
import allmende.core.fhir.ResourceKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads from a resource what the index keeps of it, as the catalogue declares. Paths are compiled once, and per resource
 * each is followed once for all contexts. Immutable and thread-safe; pure but for the resolver it is given.
 */
public final class FactExtractor {

    /** What all contexts of one resource type read. */
    private record TypeReader(ResourceView.Paths paths, List<ContextReader> contexts) {}

    private final Map<String, TypeReader> types = new HashMap<>();

    /** Compiles the catalogue. */
    public FactExtractor(Catalogue catalogue) {
        for (ContextDefinition context : catalogue.contexts().values()) {
            TypeReader type = types.computeIfAbsent(
                    context.resourceType(), _ -> new TypeReader(new ResourceView.Paths(), new ArrayList<>()));
            type.contexts().add(new ContextReader(context, type.paths()));
        }
    }

    /** Whether any context reads resources of this type. */
    public boolean reads(String resourceType) {
        return types.containsKey(resourceType);
    }

    /**
     * What the resource says about the catalogue's criteria. A resource of a type that no context reads says nothing.
     *
     * @param resource a whole resource with type and id
     * @param resolver finds the resources it refers to where their content counts; asked for Medications, say
     */
    public ResourceFacts extract(JsonNode resource, ResourceResolver resolver) {
        ResourceKey key = key(resource);
        ResourceKey patient = PatientCompartment.patientOf(resource);
        TypeReader type = types.get(key.type());
        if (type == null) {
            return new ResourceFacts(key, patient, List.of(), List.of(), List.of(), Set.of());
        }
        Findings findings = new Findings(encounter(resource, key), resolver);
        ResourceView view = new ResourceView(resource, type.paths());
        for (ContextReader context : type.contexts()) {
            context.read(view, findings);
        }
        return new ResourceFacts(
                key,
                patient,
                List.copyOf(findings.facts),
                List.copyOf(findings.attributes),
                List.copyOf(findings.links),
                Set.copyOf(findings.consulted.keySet()));
    }

    private static ResourceKey key(JsonNode resource) {
        return new ResourceKey(
                resource.path("resourceType").asString(""), resource.path("id").asString(""));
    }

    /** The encounter itself, else the one that the resource names as its encounter or, in older elements, its context. */
    private static @Nullable ResourceKey encounter(JsonNode resource, ResourceKey key) {
        if (key.type().equals("Encounter")) {
            return key;
        }
        JsonNode reference = resource.path("encounter").get("reference");
        if (reference == null) {
            reference = resource.path("context").get("reference");
        }
        if (reference == null || !reference.isString()) {
            return null;
        }
        ResourceKey named = Reference.parse(reference.stringValue()).resourceKey();
        return named != null && named.type().equals("Encounter") ? named : null;
    }

    /** What has been found so far in one resource; each finding once. */
    static final class Findings {
        final @Nullable ResourceKey encounter;
        private final ResourceResolver resolver;
        final Set<Fact> facts = new LinkedHashSet<>();
        final Set<Attribute> attributes = new LinkedHashSet<>();
        final Set<Link> links = new LinkedHashSet<>();
        private final Map<ResourceKey, Optional<JsonNode>> consulted = new HashMap<>();

        Findings(@Nullable ResourceKey encounter, ResourceResolver resolver) {
            this.encounter = encounter;
            this.resolver = resolver;
        }

        /** The resource; it counts as consulted also where there is none: it may come later and must then be read. */
        @Nullable
        JsonNode consult(ResourceKey key) {
            return consulted
                    .computeIfAbsent(key, wanted -> Optional.ofNullable(resolver.resolve(wanted)))
                    .orElse(null);
        }
    }
}
