package allmende.app.pseudonyms;

import allmende.app.fhirapi.Exchange;
import allmende.app.fhirapi.Exchanges;
import allmende.app.fhirapi.FhirProblem;
import allmende.app.pseudonyms.DoorWatch.Need;
import allmende.app.pseudonyms.Sent.Value;
import allmende.core.fhir.FhirJson;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/**
 * The dialect of the trust centre software that many sites use, under the path that its clients know: a domain and many
 * values in, a list of Identifiers out, errors value by value.
 */
@RestController
@RequestMapping("/ttp-fhir/fhir/gpas")
class GpasController {

    private static final int BODY_MAX = 32 << 20;
    static final int VALUES_MAX = 50_000;
    private static final String TARGET = "target";
    private static final String ORIGINAL = "original";
    private static final String PSEUDONYM = "pseudonym";
    private static final String READ = "pseudonymize";
    private static final String MAKE = "pseudonymizeAllowCreate";
    private static final String RESOLVE = "dePseudonymize";
    private static final String SECONDARY = GpasPairs.SECONDARY;
    private static final String INSERT = GpasPairs.INSERT;
    private static final int OK = 200;
    private static final int FORBIDDEN = 403;

    private final Exchanges exchanges;
    private final PseudonymService service;
    private final ResolveDesk desk;
    private final DoorWatch watch;
    private final GpasPairs pairs;

    GpasController(Exchanges exchanges, PseudonymService service, ResolveDesk desk, DoorWatch watch, GpasPairs pairs) {
        this.exchanges = exchanges;
        this.service = service;
        this.desk = desk;
        this.watch = watch;
        this.pairs = pairs;
    }

    @PostMapping("/{operation}")
    void operation(@PathVariable String operation, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        response.setHeader("Cache-Control", "no-store");
        Exchange exchange = exchanges.begin(request, response);
        ObjectNode answer =
                switch (operation) {
                    case "$pseudonymizeAllowCreate", "$pseudonymize-allow-create" ->
                        told(MAKE, () -> pseudonymise(exchange, Need.MAKE, MAKE));
                    case "$pseudonymize" -> told(READ, () -> pseudonymise(exchange, Need.READ, READ));
                    case "$dePseudonymize", "$de-pseudonymize" -> told(RESOLVE, () -> resolve(exchange));
                    case "$pseudonymize-secondary", "$pseudonymizeSecondary" ->
                        told(SECONDARY, () -> {
                            watch.require(Need.MAKE, SECONDARY);
                            return pairs.secondary(sent(exchange));
                        });
                    case "$insertValuePseudonymPairs" ->
                        told(INSERT, () -> {
                            watch.require(Need.IMPORT, INSERT);
                            return pairs.insert(sent(exchange));
                        });
                    default -> throw FhirProblem.of(404, "not-supported", "There is no such operation here.");
                };
        exchange.send(OK, FhirJson.write(answer));
    }

    private static Sent sent(Exchange exchange) throws IOException {
        return Sent.of(Sent.resource(exchange.body(BODY_MAX), "Parameters"));
    }

    /** Carries something out that may be refused. */
    @FunctionalInterface
    private interface Work {
        ObjectNode answer() throws IOException;
    }

    /** Keeps the record of what is refused, too. */
    private ObjectNode told(String operation, Work work) throws IOException {
        try {
            return work.answer();
        } catch (FhirProblem problem) {
            if (problem.status() != FORBIDDEN) {
                watch.told(operation, null, 0, problem.status());
            }
            throw problem;
        }
    }

    @GetMapping("/metadata")
    void metadata(HttpServletRequest request, HttpServletResponse response) throws IOException {
        List<String> names = List.of(READ, MAKE, RESOLVE, SECONDARY, INSERT);
        exchanges.begin(request, response).send(OK, DoorStatement.of("/ttp-fhir/fhir/gpas", names));
    }

    private ObjectNode pseudonymise(Exchange exchange, Need need, String operation) throws IOException {
        watch.require(need, operation);
        Sent sent = sent(exchange);
        String target = sent.one(TARGET).text();
        Set<String> originals = texts(sent, ORIGINAL);
        Function<Set<String>, Result<Map<String, String>>> ask =
                values -> need == Need.MAKE ? service.create(target, values) : service.find(target, values);
        Map<String, String> pseudonyms = oneByOneIfRefused(ask, originals);
        watch.told(operation, target, originals.size(), OK);
        GpasAnswer answer = new GpasAnswer(target);
        originals.forEach(original -> answer.add(original, pseudonyms.get(original), ORIGINAL));
        return answer.parameters();
    }

    /** Where one value keeps the others from being done, each is asked for itself, and those that can't be have no answer. */
    private static Map<String, String> oneByOneIfRefused(
            Function<Set<String>, Result<Map<String, String>>> ask, Set<String> values) {
        Result<Map<String, String>> all = ask.apply(values);
        boolean byValue =
                all instanceof Result.Refused<Map<String, String>>(Result.Refusal refusal) && refusal.ofOneValue();
        if (!byValue) {
            return Refusals.value(all);
        }
        Map<String, String> found = new HashMap<>();
        for (String value : values) {
            if (ask.apply(Set.of(value)) instanceof Result.Done<Map<String, String>>(var one)) {
                found.putAll(one);
            }
        }
        return found;
    }

    private ObjectNode resolve(Exchange exchange) throws IOException {
        watch.require(Need.RESOLVE, RESOLVE);
        Sent sent = sent(exchange);
        String target = sent.one(TARGET).text();
        Set<String> pseudonyms = texts(sent, PSEUDONYM);
        ResolveDesk.Resolved resolved =
                Refusals.value(desk.resolve(MiiOperations.holder(watch.caller()), target, pseudonyms));
        watch.told(RESOLVE, target, resolved.originals().size(), OK);
        GpasAnswer answer = new GpasAnswer(target);
        for (String pseudonym : pseudonyms) {
            if (resolved.granted().contains(pseudonym)) {
                answer.add(resolved.originals().get(pseudonym), pseudonym, PSEUDONYM);
            } else {
                answer.error(PSEUDONYM, pseudonym, "forbidden", "Forbidden");
            }
        }
        return answer.parameters();
    }

    private static Set<String> texts(Sent sent, String name) {
        return sent.all(name, VALUES_MAX).stream()
                .map(Value::text)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
