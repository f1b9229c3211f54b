package allmende.synth.kds;

import allmende.synth.json.JsonBytes;

/** Pieces that many resources share: profiles, systems of the hospital's own identifiers, references. */
final class Kds {

    static final String MII = "https://www.medizininformatik-initiative.de/fhir/";
    static final String CORE = MII + "core/";

    static final String ORGANISATION = "organization-uk-allmende";
    static final String LABORATORY = "organization-labor";
    static final String BIOBANK = "organization-biobank";

    private Kds() {}

    /** Begins a resource: type, id and profile. */
    static JsonBytes begin(JsonBytes json, String type, String id, String profile) {
        return json.raw("{\"resourceType\":\"")
                .raw(type)
                .raw("\",\"id\":\"")
                .raw(id)
                .raw("\",\"meta\":{\"profile\":[\"")
                .raw(profile)
                .raw("\"]}");
    }

    /** A coding without version, as object. */
    static JsonBytes coding(JsonBytes json, String system, String code, String display) {
        return json.raw("{\"system\":\"")
                .raw(system)
                .raw("\",\"code\":\"")
                .raw(code)
                .raw("\",\"display\":")
                .text(display)
                .raw("}");
    }

    /** {@code ,"name":{"reference":"Type/id"}}. */
    static JsonBytes reference(JsonBytes json, String name, String type, String id) {
        return json.raw(",\"")
                .raw(name)
                .raw("\":{\"reference\":\"")
                .raw(type)
                .raw("/")
                .raw(id)
                .raw("\"}");
    }

    /** {@code ,"name":"2024-02-01T10:00:00+01:00"}. */
    static JsonBytes dateTime(JsonBytes json, String name, long minute) {
        return json.raw(",\"").raw(name).raw("\":\"").dateTime(minute).raw("\"");
    }

    /** {@code ,"name":{"start":…,"end":…}}. */
    static JsonBytes period(JsonBytes json, String name, long start, long end) {
        return json.raw(",\"")
                .raw(name)
                .raw("\":{\"start\":\"")
                .dateTime(start)
                .raw("\",\"end\":\"")
                .dateTime(end)
                .raw("\"}");
    }

    /** A UCUM quantity as object; the unit's name and code may differ. */
    static JsonBytes quantity(JsonBytes json, long scaled, int decimals, String unit, String code) {
        return json.raw("{\"value\":")
                .decimal(scaled, decimals)
                .raw(",\"unit\":\"")
                .raw(unit)
                .raw("\",\"system\":\"http://unitsofmeasure.org\",\"code\":\"")
                .raw(code)
                .raw("\"}");
    }
}
