package allmende.app.pseudonyms;

import allmende.app.fhirapi.Exchange;
import allmende.app.fhirapi.Exchanges;
import allmende.app.fhirapi.FhirProblem;
import allmende.core.fhir.FhirJson;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** The pseudonymisation interface of the Medical Informatics Initiative under {@code /pseudonyms/fhir}. */
@RestController
class MiiController {

    private static final int BODY_MAX = 32 << 20;

    private final Exchanges exchanges;
    private final MiiOperations operations;
    private final MiiBundles bundles;

    MiiController(Exchanges exchanges, MiiOperations operations, MiiBundles bundles) {
        this.exchanges = exchanges;
        this.operations = operations;
        this.bundles = bundles;
    }

    @PostMapping("/pseudonyms/fhir/{operation}")
    void operation(@PathVariable String operation, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Exchange exchange = begin(request, response);
        MiiOperation known = MiiOperation.ofAddress(operation)
                .orElseThrow(() -> FhirProblem.of(404, "not-supported", "There is no such operation here."));
        MiiOperations.Call call = MiiOperations.Call.of(known, Sent.resource(exchange.body(BODY_MAX), "Parameters"));
        exchange.send(HttpServletResponse.SC_OK, FhirJson.write(operations.answer(call)));
    }

    @PostMapping({"/pseudonyms/fhir", "/pseudonyms/fhir/"})
    void bundle(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Exchange exchange = begin(request, response);
        exchange.send(
                HttpServletResponse.SC_OK,
                FhirJson.write(bundles.answer(Sent.resource(exchange.body(BODY_MAX), "Bundle"))));
    }

    @GetMapping("/pseudonyms/fhir/metadata")
    void metadata(HttpServletRequest request, HttpServletResponse response) throws IOException {
        List<String> names =
                Arrays.stream(MiiOperation.values()).map(MiiOperation::code).toList();
        begin(request, response).send(HttpServletResponse.SC_OK, DoorStatement.of("/pseudonyms/fhir", names));
    }

    private Exchange begin(HttpServletRequest request, HttpServletResponse response) {
        response.setHeader("Cache-Control", "no-store");
        return exchanges.begin(request, response);
    }
}
