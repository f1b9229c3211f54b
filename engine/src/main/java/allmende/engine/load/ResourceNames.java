package allmende.engine.load;

import java.util.Set;

/** What may be called what: FHIR R4's resource types and ids. */
public final class ResourceNames {

    private ResourceNames() {}

    /** Whether FHIR R4 has a concrete resource type of this name. */
    public static boolean isType(String name) {
        return ResourceTypes.isKnown(name);
    }

    /** The concrete resource types of FHIR R4. */
    public static Set<String> types() {
        return ResourceTypes.all();
    }

    /** Whether FHIR allows it as an id: 1 to 64 letters, digits, hyphens and dots. */
    public static boolean isId(String id) {
        return Ids.isLegal(id);
    }
}
