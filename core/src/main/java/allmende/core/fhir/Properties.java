package allmende.core.fhir;

import java.nio.charset.StandardCharsets;

/**
 * Goes over the properties of a resource's compact bytes without making a tree: who shows part of many resources copies
 * that part and never looks into the rest.
 */
public final class Properties {

    private final byte[] json;
    private int at = 1;
    private String name = "";
    private int from;
    private int to;

    /**
     * Before the first property.
     *
     * @param json compact JSON of an object, well-formed
     */
    public Properties(byte[] json) {
        this.json = json;
    }

    /** Goes to the next property; false where there is none. */
    public boolean next() {
        if (json[at] == ',') {
            at++;
        }
        if (json[at] != '"') {
            return false;
        }
        int end = CompactJson.plainString(json, at + 1);
        int after = end < 0 ? CompactJson.afterString(json, at + 1) : end + 1;
        name = end < 0
                ? FhirJson.mapper().readTree(json, at, after - at).stringValue()
                : new String(json, at + 1, end - at - 1, StandardCharsets.UTF_8);
        from = after + 1;
        to = CompactJson.afterValue(json, from);
        at = to;
        return true;
    }

    /** Name of the property. */
    public String name() {
        return name;
    }

    /** Where its value begins. */
    public int from() {
        return from;
    }

    /** The place behind its value. */
    public int to() {
        return to;
    }
}
