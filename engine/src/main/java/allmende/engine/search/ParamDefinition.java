package allmende.engine.search;

import java.util.List;
import java.util.Set;

/**
 * A search parameter as it is defined, by the standard or a SearchParameter resource.
 *
 * @param url canonical
 * @param code name in a query
 * @param bases types of resources that have it; {@code Resource} stands for all
 * @param targets types that a reference may lead to; empty for any
 * @param expression FHIRPath to the values; for a composite, to what its components belong together in
 * @param components those of a composite; empty for all others
 */
public record ParamDefinition(
        String url,
        String code,
        ParamType type,
        Set<String> bases,
        Set<String> targets,
        String expression,
        List<Component> components) {

    public ParamDefinition {
        bases = Set.copyOf(bases);
        targets = Set.copyOf(targets);
        components = List.copyOf(components);
    }

    /**
     * A part of a composite.
     *
     * @param definition canonical of the parameter that tells its type
     * @param expression FHIRPath from the composite's elements to the part's values
     */
    public record Component(String definition, String expression) {}
}
