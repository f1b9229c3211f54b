package allmende.app.fhirapi;

import allmende.app.audit.Access;
import allmende.app.fhirapi.Change.Conditions;
import allmende.app.fhirapi.Change.Content;
import allmende.app.fhirapi.Change.Target;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;

/** Writing single resources. */
@RestController
class WriteController {

    private static final String OF_TYPE = "/fhir/" + Keys.TYPE;
    private static final String ONE = OF_TYPE + "/" + Keys.ID;

    private final Exchanges exchanges;
    private final Changes changes;
    private final Watch watch;
    private final FhirLimits limits;

    WriteController(Exchanges exchanges, Changes changes, Watch watch, FhirLimits limits) {
        this.exchanges = exchanges;
        this.changes = changes;
        this.watch = watch;
        this.limits = limits;
    }

    @PostMapping(OF_TYPE)
    void create(@PathVariable String type, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Exchange exchange = exchanges.begin(request, response);
        Keys.type(type);
        String ifNoneExist = request.getHeader("If-None-Exist");
        tell(exchange, Access.Action.CREATE, new Change.Create(type, content(exchange), ifNoneExist));
    }

    @PutMapping(ONE)
    void update(
            @PathVariable String type,
            @PathVariable String id,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        update(type, new Target.ById(id), exchanges.begin(request, response));
    }

    @PutMapping(OF_TYPE)
    void updateFound(@PathVariable String type, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        update(type, criteria(request), exchanges.begin(request, response));
    }

    private void update(String type, Target target, Exchange exchange) throws IOException {
        Keys.type(type);
        tell(
                exchange,
                Access.Action.UPDATE,
                new Change.Update(type, target, content(exchange), conditions(exchange.request())));
    }

    @PatchMapping(ONE)
    void patch(
            @PathVariable String type,
            @PathVariable String id,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        patch(type, new Target.ById(id), exchanges.begin(request, response));
    }

    @PatchMapping(OF_TYPE)
    void patchFound(@PathVariable String type, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        patch(type, criteria(request), exchanges.begin(request, response));
    }

    private void patch(String type, Target target, Exchange exchange) throws IOException {
        Keys.type(type);
        String sent = exchange.request().getContentType();
        if (sent == null || !sent.split(";")[0].strip().equalsIgnoreCase("application/json-patch+json")) {
            throw FhirProblem.of(415, "not-supported", "Send a JSON Patch: application/json-patch+json.");
        }
        byte[] patch = exchange.bytes(limits.resourceBytes());
        tell(exchange, Access.Action.PATCH, new Change.Patch(type, target, patch, conditions(exchange.request())));
    }

    @DeleteMapping(ONE)
    void delete(
            @PathVariable String type,
            @PathVariable String id,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        delete(type, new Target.ById(id), exchanges.begin(request, response));
    }

    @DeleteMapping(OF_TYPE)
    void deleteFound(@PathVariable String type, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        delete(type, criteria(request), exchanges.begin(request, response));
    }

    private void delete(String type, Target target, Exchange exchange) throws IOException {
        Keys.type(type);
        tell(exchange, Access.Action.DELETE, new Change.Delete(type, target, conditions(exchange.request())));
    }

    private Content content(Exchange exchange) throws IOException {
        return new Content.Alone(exchange.body(limits.resourceBytes()));
    }

    private static Target criteria(HttpServletRequest request) {
        String query = request.getQueryString();
        return new Target.ByQuery(query == null ? "" : query);
    }

    private static Conditions conditions(HttpServletRequest request) {
        return new Conditions(request.getHeader(HttpHeaders.IF_MATCH), request.getHeader(HttpHeaders.IF_NONE_MATCH));
    }

    private void tell(Exchange exchange, Access.Action action, Change change) throws IOException {
        Done done = changes.apply(change);
        String id = done.key() == null ? null : done.key().id();
        watch.told(watch.by(action)
                .on(change.type(), id)
                .of(Access.Patients.one(done.patientId()))
                .answered(done.status())
                .at(done.t()));
        HttpServletResponse response = exchange.response();
        if (done.key() != null && done.version() > 0) {
            response.setHeader(HttpHeaders.ETAG, ETags.of(done.version()));
            if (done.body() != null) {
                response.setHeader(HttpHeaders.LAST_MODIFIED, ETags.date(done.at()));
                response.setHeader(HttpHeaders.LOCATION, exchange.base() + "/" + done.location());
            }
        }
        byte[] resource = done.resource();
        String wanted = exchange.prefers("return");
        if (Objects.equals(wanted, "minimal")) {
            exchange.send(done.status());
        } else if (Objects.equals(wanted, "OperationOutcome")) {
            exchange.send(done.status() == 204 ? 200 : done.status(), Outcomes.fine(sentence(done)));
        } else if (resource == null) {
            exchange.send(done.status());
        } else {
            exchange.send(done.status(), resource);
        }
    }

    private static String sentence(Done done) {
        return switch (done.status()) {
            case 201 -> "The resource was created.";
            case 204 -> "The resource is not there any more.";
            default -> "The resource is stored.";
        };
    }
}
