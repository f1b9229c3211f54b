package allmende.app.fhirapi;

import allmende.engine.search.SearchPage.Cursor;
import allmende.engine.search.SearchRequest;
import allmende.engine.search.SearchRequest.Parameter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Searches over HTTP: in a type, in a compartment, in all types, and the pages that follow. */
@RestController
class SearchController {

    private static final String FORM = "application/x-www-form-urlencoded";
    private static final int FORM_BYTES_MAX = 4 << 20;
    private static final int BUFFER = 1 << 16;

    private final Searches searches;
    private final Exchanges exchanges;

    SearchController(Searches searches, Exchanges exchanges) {
        this.searches = searches;
        this.exchanges = exchanges;
    }

    @GetMapping("/fhir/" + Keys.TYPE)
    void inType(@PathVariable String type, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        get(type, request, response);
    }

    @PostMapping("/fhir/" + Keys.TYPE + "/_search")
    void inTypeByForm(@PathVariable String type, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        post(type, request, response);
    }

    @GetMapping({"/fhir", "/fhir/"})
    void inAll(HttpServletRequest request, HttpServletResponse response) throws IOException {
        get("", request, response);
    }

    @PostMapping("/fhir/_search")
    void inAllByForm(HttpServletRequest request, HttpServletResponse response) throws IOException {
        post("", request, response);
    }

    @GetMapping("/fhir/" + Keys.TYPE + "/" + Keys.ID + "/{member:[A-Z][A-Za-z]+|\\*}")
    void inCompartment(
            @PathVariable String type,
            @PathVariable String id,
            @PathVariable String member,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        get(type + "/" + id + "/" + member, request, response);
    }

    @PostMapping("/fhir/" + Keys.TYPE + "/" + Keys.ID + "/{member:[A-Z][A-Za-z]+|\\*}/_search")
    void inCompartmentByForm(
            @PathVariable String type,
            @PathVariable String id,
            @PathVariable String member,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        post(type + "/" + id + "/" + member, request, response);
    }

    @GetMapping("/fhir/Patient/" + Keys.ID + "/$everything")
    void everything(@PathVariable String id, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        get("Patient/" + id + "/$everything", request, response);
    }

    @GetMapping("/fhir/_page/{token}")
    void page(@PathVariable String token, HttpServletRequest request, HttpServletResponse response) throws IOException {
        Exchange exchange = exchanges.begin(request, response);
        PageTokens.Page page = searches.page(token);
        Searches.Address address = new Searches.Address(exchange.base(), "_page/" + token, null);
        tell(exchange, page.request(), page.cursor(), address);
    }

    private void get(String path, HttpServletRequest request, HttpServletResponse response) throws IOException {
        Exchange exchange = exchanges.begin(request, response);
        String query = request.getQueryString();
        List<Parameter> parameters = query == null ? List.of() : Criteria.parameters(query);
        tell(exchange, path, parameters, query);
    }

    private void post(String path, HttpServletRequest request, HttpServletResponse response) throws IOException {
        Exchange exchange = exchanges.begin(request, response);
        String type = request.getContentType();
        byte[] form = exchange.bytes(FORM_BYTES_MAX);
        if (form.length > 0 && (type == null || !type.toLowerCase(Locale.ROOT).startsWith(FORM))) {
            throw FhirProblem.of(415, "not-supported", "Send the parameters of the search as " + FORM + ".");
        }
        List<Parameter> parameters = new ArrayList<>();
        String query = request.getQueryString();
        if (query != null) {
            parameters.addAll(Criteria.parameters(query));
        }
        parameters.addAll(Criteria.parameters(new String(form, StandardCharsets.UTF_8)));
        tell(exchange, path + (path.isEmpty() ? "_search" : "/_search"), parameters, query);
    }

    private void tell(Exchange exchange, String path, List<Parameter> parameters, @Nullable String query)
            throws IOException {
        String searched = path.endsWith("_search") ? path.substring(0, Math.max(0, path.length() - 8)) : path;
        boolean lenient = "lenient".equals(exchange.prefers("handling"));
        tell(
                exchange,
                Searches.request(searched, parameters, lenient),
                null,
                new Searches.Address(exchange.base(), path, query));
    }

    private void tell(Exchange exchange, SearchRequest request, @Nullable Cursor after, Searches.Address address)
            throws IOException {
        Searches.Ready ready = searches.find(request, after, address);
        exchange.response().setHeader("Cache-Control", "no-store");
        if (exchange.isPlain()) {
            // Not closed where it fails: then the answer becomes an error, or is cut off for all to see.
            OutputStream out = new BufferedOutputStream(exchange.begin(HttpServletResponse.SC_OK), BUFFER);
            searches.write(ready, out);
            out.flush();
        } else {
            ByteArrayOutputStream out = new ByteArrayOutputStream(BUFFER);
            searches.write(ready, out);
            exchange.send(HttpServletResponse.SC_OK, out.toByteArray());
        }
    }
}
