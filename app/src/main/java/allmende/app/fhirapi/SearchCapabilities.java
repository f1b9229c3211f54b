package allmende.app.fhirapi;

import java.util.List;

/** Tells which search parameters work. Where there is no such bean, search is not told of. */
public interface SearchCapabilities {

    /** Those of a resource type, in order of their names. */
    List<Param> of(String type);

    /**
     * A search parameter.
     *
     * @param type of {@code http://hl7.org/fhir/search-param-type}
     * @param definition canonical; empty for none
     */
    record Param(String name, String type, String definition) {}
}
