package allmende.app.fhirapi;

import allmende.engine.store.History;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** What resources were: of one, of a type, of all. */
@RestController
class HistoryController {

    private final Exchanges exchanges;
    private final Reading reading;

    HistoryController(Exchanges exchanges, Reading reading) {
        this.exchanges = exchanges;
        this.reading = reading;
    }

    @GetMapping("/fhir/" + Keys.TYPE + "/" + Keys.ID + "/_history")
    void ofInstance(
            @PathVariable String type,
            @PathVariable String id,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        tell(new History.Scope.Instance(Keys.of(type, id)), type + "/" + id + "/_history", request, response);
    }

    @GetMapping("/fhir/" + Keys.TYPE + "/_history")
    void ofType(@PathVariable String type, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        tell(new History.Scope.Type(Keys.type(type)), type + "/_history", request, response);
    }

    @GetMapping("/fhir/_history")
    void ofAll(HttpServletRequest request, HttpServletResponse response) throws IOException {
        tell(new History.Scope.All(), "_history", request, response);
    }

    private void tell(History.Scope scope, String path, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Exchange exchange = exchanges.begin(request, response);
        byte[] bundle = reading.history(scope, exchange.base(), path, request.getQueryString());
        response.setHeader("Cache-Control", "no-store");
        exchange.send(HttpServletResponse.SC_OK, bundle);
    }
}
