package allmende.app.fhirapi;

import allmende.app.audit.Access;
import allmende.engine.store.History;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Reading single resources, now or as they were. */
@RestController
class ReadController {

    private final Exchanges exchanges;
    private final Reading reading;

    ReadController(Exchanges exchanges, Reading reading) {
        this.exchanges = exchanges;
        this.reading = reading;
    }

    @GetMapping("/fhir/" + Keys.TYPE + "/" + Keys.ID)
    void read(
            @PathVariable String type,
            @PathVariable String id,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        Exchange exchange = exchanges.begin(request, response);
        tell(exchange, reading.newest(Keys.of(type, id)), Access.Action.READ);
    }

    @GetMapping("/fhir/" + Keys.TYPE + "/" + Keys.ID + "/_history/{version}")
    void version(
            @PathVariable String type,
            @PathVariable String id,
            @PathVariable String version,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        Exchange exchange = exchanges.begin(request, response);
        tell(exchange, reading.version(Keys.of(type, id), version), Access.Action.VREAD);
    }

    private void tell(Exchange exchange, History.Entry entry, Access.Action action) throws IOException {
        byte[] resource = reading.resource(entry, action);
        HttpServletResponse response = exchange.response();
        response.setHeader(HttpHeaders.ETAG, ETags.of(entry.version()));
        response.setHeader(HttpHeaders.LAST_MODIFIED, ETags.date(entry.at()));
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        HttpServletRequest request = exchange.request();
        String ifNoneMatch = request.getHeader(HttpHeaders.IF_NONE_MATCH);
        boolean known = ifNoneMatch != null
                ? ETags.names(ifNoneMatch, entry.version())
                : ETags.isUnmodified(entry.at(), request.getHeader(HttpHeaders.IF_MODIFIED_SINCE));
        if (known) {
            exchange.send(HttpServletResponse.SC_NOT_MODIFIED);
        } else {
            exchange.send(HttpServletResponse.SC_OK, resource);
        }
    }
}
