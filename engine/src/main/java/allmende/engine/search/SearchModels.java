package allmende.engine.search;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
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

    /** Sites of one process share it, as long as no package adds to it. */
    private static final class Standard {
        private static final SearchModels MODELS = new SearchModels(definitions(List.of()));
    }

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
        return added.isEmpty() ? Standard.MODELS : new SearchModels(definitions(added));
    }

    private static Map<String, ParamDefinition> definitions(Collection<ParamDefinition> added) {
        Map<String, ParamDefinition> definitions = new LinkedHashMap<>();
        ParamDefinitions.standard().forEach(definition -> definitions.put(definition.url(), definition));
        added.forEach(definition -> definitions.putIfAbsent(definition.url(), definition));
        return definitions;
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
    public List<Told> told(String type) {
        List<Told> told = new ArrayList<>();
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
