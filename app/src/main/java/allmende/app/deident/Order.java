package allmende.app.deident;

import allmende.app.fhirapi.FhirProblem;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a caller wants de-identified, and how.
 *
 * @param resource the resource, or a Bundle of them
 * @param rules name of the rule set
 * @param project whose key is used
 * @param domainPrefix put before the names of pseudonym domains; may be empty
 */
record Order(ObjectNode resource, String rules, String project, String domainPrefix) {

    static final String RULES = "rule-set";
    static final String PROJECT = "project";
    static final String PREFIX = "domain-prefix";

    private static final Set<String> SETTINGS = Set.of(RULES, PROJECT, PREFIX);
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._:/-]{0,100}");

    /**
     * Reads a body: a resource as it is, or Parameters with {@code resource} and, as parts of {@code settings}, the rest.
     *
     * @param address settings from the address, which those of the body replace
     * @throws FhirProblem 400
     */
    static Order read(JsonNode body, Map<String, String> address) {
        Map<String, String> settings = new LinkedHashMap<>(address);
        JsonNode resource = body;
        if (typeOf(body).equals("Parameters")) {
            resource = parameters(body, settings);
        }
        if (!(resource instanceof ObjectNode object) || typeOf(object).isEmpty()) {
            throw FhirProblem.invalid("Send a resource, a Bundle, or Parameters with a parameter named resource.");
        }
        settings.forEach((name, value) -> {
            if (!SETTINGS.contains(name) || !PLAIN.matcher(value).matches()) {
                throw FhirProblem.invalid(
                        "The settings are rule-set, project and domain-prefix; each is a plain name.", "settings");
            }
        });
        return new Order(
                object,
                settings.getOrDefault(RULES, "kds-pseudonymised"),
                settings.getOrDefault(PROJECT, "default"),
                settings.getOrDefault(PREFIX, ""));
    }

    private static JsonNode parameters(JsonNode body, Map<String, String> settings) {
        JsonNode resource = null;
        for (JsonNode parameter : body.path("parameter").values()) {
            switch (parameter.path("name").stringValue("")) {
                case "resource" -> {
                    if (resource != null) {
                        throw FhirProblem.invalid(
                                "There is one parameter named resource; several go into a Bundle.", "resource");
                    }
                    resource = parameter.path("resource");
                }
                case "settings" -> {
                    for (JsonNode part : parameter.path("part").values()) {
                        settings.put(
                                part.path("name").stringValue(""),
                                part.path("valueString").stringValue("(no text)"));
                    }
                }
                default -> throw FhirProblem.notSupported("The parameters are settings and resource.", "parameter");
            }
        }
        if (resource == null) {
            throw FhirProblem.invalid("The parameter named resource is missing.", "resource");
        }
        return resource;
    }

    static String typeOf(JsonNode resource) {
        return resource.path("resourceType").stringValue("");
    }
}
