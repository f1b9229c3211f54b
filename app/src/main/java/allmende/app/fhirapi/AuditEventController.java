package allmende.app.fhirapi;

import allmende.app.audit.Access;
import allmende.app.audit.AccessLogReader;
import allmende.app.identity.Caller;
import allmende.app.identity.SiteRights;
import allmende.core.fhir.FhirJson;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The access log as AuditEvents, newest first, for those who may look into it. For everybody else these are resources like
 * others: AuditEvents that were loaded.
 */
@RestController
class AuditEventController {

    private static final String TYPE = "AuditEvent";

    private final Exchanges exchanges;
    private final Watch watch;
    private final ObjectProvider<AccessLogReader> log;
    private final SearchController search;
    private final ReadController read;

    AuditEventController(
            Exchanges exchanges,
            Watch watch,
            ObjectProvider<AccessLogReader> log,
            SearchController search,
            ReadController read) {
        this.exchanges = exchanges;
        this.watch = watch;
        this.log = log;
        this.search = search;
        this.read = read;
    }

    @GetMapping("/fhir/" + TYPE)
    void search(HttpServletRequest request, HttpServletResponse response) throws IOException {
        AccessLogReader reader = reader();
        if (reader == null) {
            search.inType(TYPE, request, response);
            return;
        }
        Exchange exchange = exchanges.begin(request, response);
        String query = request.getQueryString();
        AuditEventQuery asked = AuditEventQuery.of(query == null ? List.of() : Criteria.parameters(query));
        List<AccessLogReader.Row> rows = reader.find(asked.wanted(), asked.count() + 1);
        watch.told(watch.by(Access.Action.SEARCH).on(TYPE, null).asking(asked.names()));
        response.setHeader("Cache-Control", "no-store");
        String self = exchange.base() + "/" + TYPE + (query == null ? "" : "?" + query);
        exchange.send(HttpServletResponse.SC_OK, FhirJson.write(bundle(exchange.base(), self, asked, rows)));
    }

    @GetMapping("/fhir/" + TYPE + "/" + Keys.ID)
    void read(@PathVariable String id, HttpServletRequest request, HttpServletResponse response) throws IOException {
        AccessLogReader reader = reader();
        if (reader == null) {
            read.read(TYPE, id, request, response);
            return;
        }
        Exchange exchange = exchanges.begin(request, response);
        long number = id.matches("[1-9][0-9]{0,17}") ? Long.parseLong(id) : 0;
        AccessLogReader.Row row =
                reader.find(new AccessLogReader.Wanted("", "", null, null, number + 1), number == 0 ? 0 : 1).stream()
                        .filter(found -> found.n() == number)
                        .findFirst()
                        .orElseThrow(() -> FhirProblem.notFound("The access log has no entry of this number."));
        watch.told(watch.by(Access.Action.READ).on(TYPE, id));
        response.setHeader("Cache-Control", "no-store");
        exchange.send(HttpServletResponse.SC_OK, FhirJson.write(row.event()));
    }

    /** Null where the caller is not one who looks into the log. */
    private @Nullable AccessLogReader reader() {
        Caller caller = watch.caller();
        return caller.has(SiteRights.ACCESS_LOG) ? log.getIfAvailable() : null;
    }

    private static ObjectNode bundle(String base, String self, AuditEventQuery asked, List<AccessLogReader.Row> rows) {
        ObjectNode bundle = FhirJson.mapper()
                .createObjectNode()
                .put("resourceType", "Bundle")
                .put("type", "searchset");
        ArrayNode links = bundle.putArray("link");
        links.addObject().put("relation", "self").put("url", self);
        List<AccessLogReader.Row> shown = rows.subList(0, Math.min(rows.size(), asked.count()));
        if (rows.size() > shown.size()) {
            String next = base + "/" + TYPE + "?" + asked.after(shown.getLast().n());
            links.addObject().put("relation", "next").put("url", next);
        }
        if (!shown.isEmpty()) {
            ArrayNode entries = bundle.putArray("entry");
            for (AccessLogReader.Row row : shown) {
                ObjectNode entry = entries.addObject().put("fullUrl", base + "/" + TYPE + "/" + row.n());
                entry.set("resource", row.event());
                entry.putObject("search").put("mode", "match");
            }
        }
        return bundle;
    }
}
