package allmende.app.terminology;

import allmende.engine.terminology.InstalledTerminology;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The TerminologyCapabilities: which code systems are here, and what can be asked of them. */
final class Capabilities {

    private final InstalledTerminology source;
    private final Clock clock;

    Capabilities(InstalledTerminology source, Clock clock) {
        this.source = source;
        this.clock = clock;
    }

    JsonNode answer(String base) {
        ObjectNode resource = JsonNodeFactory.instance.objectNode();
        resource.put("resourceType", "TerminologyCapabilities");
        resource.put("status", "active");
        resource.put("date", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
        resource.put("kind", "instance");
        resource.putObject("software").put("name", "Allmende");
        resource.putObject("implementation")
                .put("description", "Terminology of an Allmende site")
                .put("url", base);
        Map<String, ArrayNode> versions = new LinkedHashMap<>();
        ArrayNode systems = resource.putArray("codeSystem");
        for (InstalledTerminology.Installed each : source.list()) {
            boolean first = !versions.containsKey(each.url());
            ArrayNode ofSystem = versions.computeIfAbsent(
                    each.url(), url -> systems.addObject().put("uri", url).putArray("version"));
            ObjectNode version = ofSystem.addObject();
            if (!each.version().isEmpty()) {
                version.put("code", each.version());
            }
            version.put("isDefault", first);
        }
        ObjectNode expansion = resource.putObject("expansion");
        expansion.put("hierarchical", true).put("paging", true).put("incomplete", false);
        ArrayNode parameters = expansion.putArray("parameter");
        Expand.PARAMETERS.stream()
                .sorted()
                .forEach(each -> parameters.addObject().put("name", each));
        expansion.put("textFilter", "Each word begins a word of the display text or of a designation, or the code.");
        resource.put("codeSearch", "all");
        resource.putObject("validateCode").put("translations", false);
        resource.putObject("translation").put("needsMap", false);
        return resource;
    }
}
