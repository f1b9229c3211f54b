package allmende.app.fhirapi;

import allmende.app.site.Site;
import allmende.core.fhir.MetaSplice;
import allmende.core.fhir.ResourceKey;
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

    private final Site site;
    private final Exchanges exchanges;
    private final Watch watch;

    ReadController(Site site, Exchanges exchanges, Watch watch) {
        this.site = site;
        this.exchanges = exchanges;
        this.watch = watch;
    }

    @GetMapping("/fhir/" + Keys.TYPE + "/" + Keys.ID)
    void read(
            @PathVariable String type,
            @PathVariable String id,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        Exchange exchange = exchanges.begin(request, response);
        ResourceKey key = Keys.of(type, id);
        watch.read(type);
        History.Entry entry = site.data()
                .store()
                .history()
                .newest(key, Long.MAX_VALUE)
                .orElseThrow(() -> FhirProblem.notFound("There is no " + type + " with this id."));
        tell(exchange, entry, "read");
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
        ResourceKey key = Keys.of(type, id);
        watch.read(type);
        FhirProblem missing = FhirProblem.notFound("There is no such version of this " + type + ".");
        if (!version.matches("[1-9][0-9]{0,8}")) {
            throw missing;
        }
        History.Entry entry = site.data()
                .store()
                .history()
                .version(key, Integer.parseInt(version))
                .orElseThrow(() -> missing);
        tell(exchange, entry, "vread");
    }

    private void tell(Exchange exchange, History.Entry entry, String action) throws IOException {
        byte[] body = entry.body();
        HttpServletResponse response = exchange.response();
        response.setHeader(HttpHeaders.ETAG, ETags.of(entry.version()));
        response.setHeader(HttpHeaders.LAST_MODIFIED, ETags.date(entry.at()));
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        if (body == null) {
            throw FhirProblem.of(410, "deleted", "This resource was deleted.");
        }
        watch.told(Deed.of(action, entry));
        HttpServletRequest request = exchange.request();
        String ifNoneMatch = request.getHeader(HttpHeaders.IF_NONE_MATCH);
        boolean known = ifNoneMatch != null
                ? ETags.names(ifNoneMatch, entry.version())
                : ETags.isUnmodified(entry.at(), request.getHeader(HttpHeaders.IF_MODIFIED_SINCE));
        if (known) {
            exchange.send(HttpServletResponse.SC_NOT_MODIFIED);
        } else {
            exchange.send(HttpServletResponse.SC_OK, MetaSplice.stamped(body, entry.version(), entry.at()));
        }
    }
}
