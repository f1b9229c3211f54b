package allmende.core.terminology.operation;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a code system says of itself.
 *
 * @param url canonical URI
 * @param version for example {@code 2025}; empty where it has none
 * @param title for people
 * @param language of its display texts, BCP 47; empty where not told
 * @param complete whether every code is listed; else a code that is not found may exist all the same
 * @param hierarchy FHIR's {@code hierarchyMeaning}; empty where not told
 * @param valueSet canonical URL of the value set of all codes; empty where there is none
 * @param copyright whose work it is; empty where not told
 */
public record SystemFacts(
        String url,
        String version,
        String title,
        String language,
        boolean complete,
        String hierarchy,
        String valueSet,
        String copyright) {

    /** Facts of a complete code system of which little is told. */
    public static SystemFacts of(String url, String version, String title, String language) {
        return new SystemFacts(url, version, title, language, true, "", "", "");
    }

    /** The name by which canonical references cite it: {@code url|version}. */
    public String canonical() {
        return version.isEmpty() ? url : url + "|" + version;
    }

    ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("url", url).put("version", version).put("title", title).put("language", language);
        json.put("complete", complete).put("hierarchy", hierarchy).put("valueSet", valueSet);
        return json.put("copyright", copyright);
    }

    static SystemFacts ofJson(JsonNode json) {
        return new SystemFacts(
                json.path("url").asString(""),
                json.path("version").asString(""),
                json.path("title").asString(""),
                json.path("language").asString(""),
                json.path("complete").asBoolean(),
                json.path("hierarchy").asString(""),
                json.path("valueSet").asString(""),
                json.path("copyright").asString(""));
    }
}
