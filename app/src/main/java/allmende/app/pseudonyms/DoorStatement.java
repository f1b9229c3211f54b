package allmende.app.pseudonyms;

import allmende.core.fhir.FhirJson;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a door can do, as a CapabilityStatement. */
final class DoorStatement {

    /** When the doors last changed. */
    private static final String DATE = "2026-11-22";

    private static final String DEFINITIONS =
            "https://www.medizininformatik-initiative.de/fhir/ext/mii-interface-module-pseudonymization/OperationDefinition/";

    private DoorStatement() {}

    static byte[] of(String path, List<String> operations) {
        ObjectNode statement = FhirJson.mapper()
                .createObjectNode()
                .put("resourceType", "CapabilityStatement")
                .put("status", "active")
                .put("date", DATE)
                .put("kind", "instance");
        statement.putObject("software").put("name", "Allmende");
        statement.putObject("implementation").put("description", "Pseudonyms under " + path);
        statement.put("fhirVersion", "4.0.1");
        statement.putArray("format").add("json").add("xml");
        ObjectNode rest = statement.putArray("rest").addObject().put("mode", "server");
        ArrayNode list = rest.putArray("operation");
        operations.forEach(name -> list.addObject().put("name", name).put("definition", DEFINITIONS + camelCase(name)));
        return FhirJson.write(statement);
    }

    private static String camelCase(String name) {
        StringBuilder text = new StringBuilder();
        for (String word : name.split("-")) {
            text.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
        }
        return text.toString();
    }
}
