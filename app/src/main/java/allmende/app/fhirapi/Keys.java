package allmende.app.fhirapi;

import allmende.core.fhir.ResourceKey;
import allmende.engine.load.ResourceNames;

/** Resource types and ids out of addresses. */
final class Keys {

    /** How a type looks in an address; whether it is one is asked of {@link #type}. */
    static final String TYPE = "{type:[A-Z][A-Za-z]+}";

    /** How an id looks in an address. */
    static final String ID = "{id:[A-Za-z0-9\\-.]{1,64}}";

    private Keys() {}

    /** The type, if it is one of FHIR R4. */
    static String type(String type) {
        if (!ResourceNames.isType(type)) {
            throw FhirProblem.of(404, "not-supported", "There is no resource type of this name in FHIR R4.");
        }
        return type;
    }

    /** The key. */
    static ResourceKey of(String type, String id) {
        return new ResourceKey(type(type), id);
    }
}
