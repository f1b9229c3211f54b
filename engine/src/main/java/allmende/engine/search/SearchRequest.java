package allmende.engine.search;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A search as it was asked for (FHIR R4, "Search").
 *
 * @param type resource type searched in; null for a search over all types
 * @param compartment whose compartment is searched; null for none
 * @param parameters as given, decoded, in order; result parameters such as {@code _count} among them
 * @param lenient whether parameters that are not understood are ignored, and told, instead of refused
 */
public record SearchRequest(
        @Nullable String type, @Nullable Compartment compartment, List<Parameter> parameters, boolean lenient) {

    public SearchRequest {
        parameters = List.copyOf(parameters);
    }

    /**
     * One parameter.
     *
     * @param name with modifier and chain, such as {@code subject:Patient.birthdate}
     * @param value such as {@code ge2020,eq1999-04}
     */
    public record Parameter(String name, String value) {}

    /** A compartment: that of the resource {@code type/id}. */
    public record Compartment(String type, String id) {}

    /** A search in one type without a compartment, strict. */
    public static SearchRequest of(String type, List<Parameter> parameters) {
        return new SearchRequest(type, null, parameters, false);
    }
}
