package allmende.app.terminology;

import allmende.app.fhirapi.Exchange;
import allmende.app.fhirapi.Exchanges;
import allmende.app.fhirapi.FhirProblem;
import allmende.core.fhir.FhirJson;
import allmende.engine.packages.Definition;
import allmende.engine.packages.Packages;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** The operations, for all code systems, value sets and maps, and for a single one of a package by its id. */
@RestController
class TerminologyController {

    private final Exchanges exchanges;
    private final Packages packages;
    private final Operations operations;

    /** The operations by name. */
    record Operations(
            Lookup lookup,
            Subsumes subsumes,
            ValidateCode validate,
            Expand expand,
            Translate translate,
            Capabilities capabilities) {}

    TerminologyController(Exchanges exchanges, Packages packages, Operations operations) {
        this.exchanges = exchanges;
        this.packages = packages;
        this.operations = operations;
    }

    /** Carries an operation out. */
    @FunctionalInterface
    private interface Operation {
        JsonNode answer(OperationInput input);
    }

    @RequestMapping(
            path = {"/fhir/CodeSystem/$lookup"},
            method = {RequestMethod.GET, RequestMethod.POST})
    void lookup(HttpServletRequest request, HttpServletResponse response) throws IOException {
        run(request, response, Lookup.PARAMETERS, operations.lookup()::answer);
    }

    @RequestMapping(
            path = {"/fhir/CodeSystem/$subsumes", "/fhir/CodeSystem/{id}/$subsumes"},
            method = {RequestMethod.GET, RequestMethod.POST})
    void subsumes(
            @PathVariable(required = false) @Nullable String id,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        JsonNode instance = instance("CodeSystem", id);
        run(request, response, Subsumes.PARAMETERS, input -> operations
                .subsumes()
                .answer(instance == null ? input : input.with("system", instance.path("url"))));
    }

    @RequestMapping(
            path = {"/fhir/CodeSystem/$validate-code", "/fhir/CodeSystem/{id}/$validate-code"},
            method = {RequestMethod.GET, RequestMethod.POST})
    void validateInSystem(
            @PathVariable(required = false) @Nullable String id,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        JsonNode instance = instance("CodeSystem", id);
        run(request, response, ValidateCode.OF_SYSTEM, input -> operations
                .validate()
                .ofSystem(instance == null ? input : input.with("url", instance.path("url"))));
    }

    @RequestMapping(
            path = {"/fhir/ValueSet/$validate-code", "/fhir/ValueSet/{id}/$validate-code"},
            method = {RequestMethod.GET, RequestMethod.POST})
    void validateInValueSet(
            @PathVariable(required = false) @Nullable String id,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        JsonNode instance = instance("ValueSet", id);
        run(request, response, ValidateCode.OF_VALUE_SET, input -> operations
                .validate()
                .ofValueSet(input, instance));
    }

    @RequestMapping(
            path = {"/fhir/ValueSet/$expand", "/fhir/ValueSet/{id}/$expand"},
            method = {RequestMethod.GET, RequestMethod.POST})
    void expand(
            @PathVariable(required = false) @Nullable String id,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        JsonNode instance = instance("ValueSet", id);
        run(request, response, Expand.PARAMETERS, input -> operations.expand().answer(input, instance));
    }

    @RequestMapping(
            path = {"/fhir/ConceptMap/$translate", "/fhir/ConceptMap/{id}/$translate"},
            method = {RequestMethod.GET, RequestMethod.POST})
    void translate(
            @PathVariable(required = false) @Nullable String id,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        JsonNode instance = instance("ConceptMap", id);
        run(request, response, Translate.PARAMETERS, input -> operations
                .translate()
                .answer(input, instance));
    }

    @GetMapping(path = "/fhir/metadata", params = "mode=terminology")
    void capabilities(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Exchange exchange = exchanges.begin(request, response);
        exchange.send(
                HttpServletResponse.SC_OK,
                FhirJson.write(operations.capabilities().answer(exchange.base())));
    }

    private void run(HttpServletRequest request, HttpServletResponse response, Set<String> known, Operation operation)
            throws IOException {
        Exchange exchange = exchanges.begin(request, response);
        JsonNode answer = operation.answer(OperationInput.read(exchange, known));
        exchange.send(HttpServletResponse.SC_OK, FhirJson.write(answer));
    }

    /** The definition of a package that has this id; null where the request names none. */
    private @Nullable JsonNode instance(String type, @Nullable String id) {
        if (id == null) {
            return null;
        }
        for (Definition definition : packages.index(type)) {
            if (definition.id().equals(id)) {
                return Packages.read(definition).orElseThrow(() -> missing(type));
            }
        }
        throw missing(type);
    }

    private static FhirProblem missing(String type) {
        return FhirProblem.notFound("No installed package has a " + type + " with this id.");
    }
}
