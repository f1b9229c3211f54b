package allmende.app.fhirapi;

import allmende.app.fhirapi.OperationCapabilities.Operation;
import allmende.core.fhir.FhirJson;
import allmende.engine.load.ResourceNames;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.TreeSet;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** States what this server does; what is not in it is not carried out. */
@RestController
class CapabilityController {

    /** When this statement was last changed. */
    private static final String DATE = "2026-11-22";

    /** What works with resources of every type, but search, which tells of itself. */
    private static final List<String> OF_EVERY_TYPE =
            List.of("read", "vread", "update", "patch", "delete", "history-instance", "history-type", "create");

    private static final List<String> OF_THE_SYSTEM = List.of("transaction", "batch", "history-system");

    private final Exchanges exchanges;
    private final ObjectProvider<XmlForm> xml;
    private final ObjectProvider<SearchCapabilities> search;
    private final ObjectProvider<OperationCapabilities> operations;

    CapabilityController(
            Exchanges exchanges,
            ObjectProvider<XmlForm> xml,
            ObjectProvider<SearchCapabilities> search,
            ObjectProvider<OperationCapabilities> operations) {
        this.exchanges = exchanges;
        this.xml = xml;
        this.search = search;
        this.operations = operations;
    }

    @GetMapping("/fhir/metadata")
    void metadata(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Exchange exchange = exchanges.begin(request, response);
        exchange.send(HttpServletResponse.SC_OK, FhirJson.write(statement(exchange.base())));
    }

    private ObjectNode statement(String base) {
        ObjectNode statement = FhirJson.mapper().createObjectNode();
        statement
                .put("resourceType", "CapabilityStatement")
                .put("status", "active")
                .put("date", DATE)
                .put("kind", "instance");
        statement.putObject("software").put("name", "Allmende");
        statement
                .putObject("implementation")
                .put("description", "FHIR R4 at this site")
                .put("url", base);
        statement.put("fhirVersion", "4.0.1");
        ArrayNode formats =
                statement.putArray("format").add("application/fhir+json").add("json");
        if (xml.getIfAvailable() != null) {
            formats.add("application/fhir+xml").add("xml");
        }
        statement.putArray("patchFormat").add("application/json-patch+json");
        ObjectNode rest = statement.putArray("rest").addObject().put("mode", "server");
        rest.putObject("security")
                .put("cors", false)
                .putArray("service")
                .addObject()
                .putArray("coding")
                .addObject()
                .put("system", "http://terminology.hl7.org/CodeSystem/restful-security-service")
                .put("code", "SMART-on-FHIR");
        List<Operation> offered = operations
                .orderedStream()
                .flatMap(each -> each.operations().stream())
                .toList();
        SearchCapabilities searching = search.getIfAvailable();
        ArrayNode resources = rest.putArray("resource");
        for (String type : new TreeSet<>(ResourceNames.types())) {
            type(resources.addObject(), type, searching, offered);
        }
        ArrayNode system = rest.putArray("interaction");
        OF_THE_SYSTEM.forEach(code -> system.addObject().put("code", code));
        if (searching != null) {
            system.addObject().put("code", "search-system");
        }
        operations(rest, "", offered);
        return statement;
    }

    private static void type(
            ObjectNode resource,
            String type,
            @org.jspecify.annotations.Nullable SearchCapabilities searching,
            List<Operation> offered) {
        resource.put("type", type);
        ArrayNode interactions = resource.putArray("interaction");
        OF_EVERY_TYPE.forEach(code -> interactions.addObject().put("code", code));
        if (searching != null) {
            interactions.addObject().put("code", "search-type");
        }
        resource.put("versioning", "versioned-update")
                .put("readHistory", true)
                .put("updateCreate", true)
                .put("conditionalCreate", true)
                .put("conditionalRead", "full-support")
                .put("conditionalUpdate", true)
                .put("conditionalDelete", "single");
        List<SearchCapabilities.Param> params = searching == null ? List.of() : searching.of(type);
        if (!params.isEmpty()) {
            ArrayNode list = resource.putArray("searchParam");
            for (SearchCapabilities.Param param : params) {
                ObjectNode one = list.addObject().put("name", param.name());
                if (!param.definition().isEmpty()) {
                    one.put("definition", param.definition());
                }
                one.put("type", param.type());
            }
        }
        operations(resource, type, offered);
    }

    private static void operations(ObjectNode node, String type, List<Operation> offered) {
        List<Operation> here =
                offered.stream().filter(each -> each.type().equals(type)).toList();
        if (!here.isEmpty()) {
            ArrayNode list = node.putArray("operation");
            here.forEach(each -> list.addObject().put("name", each.name()).put("definition", each.definition()));
        }
    }
}
