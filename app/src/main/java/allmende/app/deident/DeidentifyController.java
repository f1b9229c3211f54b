package allmende.app.deident;

import allmende.app.audit.Access;
import allmende.app.fhirapi.Exchange;
import allmende.app.fhirapi.Exchanges;
import allmende.app.fhirapi.FhirIssue;
import allmende.app.fhirapi.FhirProblem;
import allmende.app.fhirapi.Watch;
import allmende.app.identity.Scope;
import allmende.app.pseudonyms.PseudonymService;
import allmende.core.cohort.Problem;
import allmende.core.deident.Deidentifier;
import allmende.core.deident.PseudonymSource;
import allmende.core.deident.RuleSet;
import allmende.core.fhir.FhirJson;
import allmende.core.fhir.JsonRead;
import allmende.core.fhir.PatientCompartment;
import allmende.core.fhir.ResourceKey;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code POST /fhir/$de-identify}: what is sent comes back de-identified by a rule set of the site. Nothing is stored. Who
 * may read resources of a type may send them.
 */
@RestController
class DeidentifyController {

    /** Largest body in bytes. */
    private static final int BODY_MAX = 16 << 20;

    private static final int UNPROCESSABLE = 422;

    private final Exchanges exchanges;
    private final Watch watch;
    private final RuleShelf shelf;
    private final ProjectKeys keys;
    private final ObjectProvider<PseudonymService> pseudonyms;

    DeidentifyController(
            Exchanges exchanges,
            Watch watch,
            RuleShelf shelf,
            ProjectKeys keys,
            ObjectProvider<PseudonymService> pseudonyms) {
        this.exchanges = exchanges;
        this.watch = watch;
        this.shelf = shelf;
        this.keys = keys;
        this.pseudonyms = pseudonyms;
    }

    @PostMapping("/fhir/$de-identify")
    void deidentify(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Exchange exchange = exchanges.begin(request, response);
        Order order = Order.read(parsed(exchange.body(BODY_MAX)), address(exchange));
        Set<String> types = new TreeSet<>();
        Set<String> patients = new TreeSet<>();
        look(order.resource(), types, patients);
        watch.requireEverybody();
        types.forEach(type -> watch.require(Scope.Act.READ, type));
        ObjectNode left = left(order, rules(order.rules()));
        watch.told(watch.by(Access.Action.OPERATION).on("de-identify", null).of(Access.Patients.of(patients)));
        exchange.send(HttpServletResponse.SC_OK, FhirJson.write(left));
    }

    private ObjectNode left(Order order, RuleSet rules) {
        PseudonymSource source = new AskedPseudonyms(pseudonyms.getIfAvailable(), watch.caller(), order.domainPrefix());
        List<ObjectNode> left = new Deidentifier(rules, keys.ofCaller(order.project(), rules), source)
                .apply(null, List.of(order.resource()));
        if (left.isEmpty()) {
            throw FhirProblem.of(
                    UNPROCESSABLE,
                    "business-rule",
                    "Nothing of the resource leaves under the rule set " + rules.name()
                            + ": its rules do not speak of the type, or of none of the elements that are there.");
        }
        return left.getFirst();
    }

    private RuleSet rules(String name) {
        return switch (shelf.find(name)) {
            case RuleShelf.Found.Usable(RuleSet rules) -> rules;
            case RuleShelf.Found.Unknown() ->
                throw FhirProblem.of(
                        UNPROCESSABLE,
                        "not-found",
                        "The site has no rule set of this name; it has: " + String.join(", ", shelf.names()) + ".",
                        Order.RULES);
            case RuleShelf.Found.Refused(List<Problem> problems) ->
                throw new FhirProblem(
                        UNPROCESSABLE,
                        problems.stream()
                                .map(problem ->
                                        FhirIssue.error("invalid", "Rule set: " + problem.message(), problem.pointer()))
                                .toList());
        };
    }

    private static JsonNode parsed(byte[] body) {
        return switch (FhirJson.read(body)) {
            case JsonRead.Parsed(JsonNode tree) -> tree;
            case JsonRead.Malformed malformed -> throw FhirProblem.invalid("The body is no JSON: " + malformed + ".");
        };
    }

    private static Map<String, String> address(Exchange exchange) {
        Map<String, String> settings = new LinkedHashMap<>();
        for (String name : List.of(Order.RULES, Order.PROJECT, Order.PREFIX)) {
            String value = exchange.queryParameter(name);
            if (value != null) {
                settings.put(name, value);
            }
        }
        return settings;
    }

    /** Types and patients of a resource and of those inside of it. */
    private static void look(JsonNode resource, Set<String> types, Set<String> patients) {
        String type = Order.typeOf(resource);
        if (!type.equals("Bundle")) {
            types.add(type);
            ResourceKey patient = PatientCompartment.patientOf(resource);
            if (patient != null) {
                patients.add(patient.id());
            }
        }
        for (JsonNode entry : resource.path("entry").values()) {
            if (entry.path("resource").isObject()) {
                look(entry.path("resource"), types, patients);
            }
        }
    }
}
