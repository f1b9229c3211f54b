package allmende.engine.search;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * All search parameters that are known, by resource type: those of the standard and those that were added. Immutable;
 * models of types are made when first needed.
 */
public final class SearchModels {

    private static final Set<String> ANY = Set.of("Resource", "DomainResource");

    private final Map<String, ParamDefinition> definitions;
    private final Map<String, TypeModel> models = new ConcurrentHashMap<>();
    private final SortedSet<String> types;

    private SearchModels(Map<String, ParamDefinition> definitions) {
        this.definitions = definitions;
        this.types = definitions.values().stream()
                .flatMap(definition -> definition.bases().stream())
                .filter(base -> !ANY.contains(base))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Those of FHIR R4, and these; a name that the standard gives to a type keeps the standard's meaning. */
    public static SearchModels with(Collection<ParamDefinition> added) {
        Map<String, ParamDefinition> definitions = new LinkedHashMap<>();
        ParamDefinitions.standard().forEach(definition -> definitions.put(definition.url(), definition));
        added.forEach(definition -> definitions.putIfAbsent(definition.url(), definition));
        return new SearchModels(definitions);
    }

    /** Resource types that can be searched in. */
    public SortedSet<String> types() {
        return types;
    }

    /** The model of a type. */
    TypeModel of(String type) {
        return models.computeIfAbsent(type, absent -> ModelMaker.of(absent, definitions));
    }

    /** A parameter as it is told to callers: its name, its type and the canonical of its definition. */
    public record Told(String code, ParamType type, String url) {}

    /** What can be asked of a type, by name; parameters told by the store among them. */
    public java.util.List<Told> told(String type) {
        java.util.List<Told> told = new java.util.ArrayList<>();
        for (Map.Entry<String, ParamType> system : Map.of(
                        SystemParams.ID, ParamType.TOKEN, SystemParams.LAST_UPDATED, ParamType.DATE)
                .entrySet()) {
            told.add(new Told(
                    system.getKey(),
                    system.getValue(),
                    "http://hl7.org/fhir/SearchParameter/Resource-"
                            + system.getKey().substring(1)));
        }
        of(type).params().forEach(param -> told.add(new Told(param.code(), param.type(), param.url())));
        told.sort(java.util.Comparator.comparing(Told::code));
        return told;
    }
}
