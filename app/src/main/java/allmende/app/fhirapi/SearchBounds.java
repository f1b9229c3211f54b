package allmende.app.fhirapi;

import allmende.app.identity.Caller;
import allmende.app.identity.Scope;
import allmende.engine.search.SearchRequest;
import allmende.engine.search.SearchRequest.Compartment;
import allmende.engine.search.SearchRequest.Parameter;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What of a search a caller may ask: conditions on other resources tell something of these, too. */
final class SearchBounds {

    private static final Pattern NAMED_TYPE = Pattern.compile(":([A-Z][A-Za-z]+)");

    private SearchBounds() {}

    /**
     * The search as the caller may carry it out: one who may see a single patient's data searches in that compartment.
     *
     * @throws FhirProblem 403 if it asks for more
     */
    static SearchRequest bounded(SearchRequest request, Caller caller) {
        String type = request.type() == null ? "*" : request.type();
        requireSearch(caller, type);
        for (Parameter parameter : request.parameters()) {
            if (leadsElsewhere(parameter.name())) {
                checkChain(parameter.name(), caller);
            }
        }
        String patient = caller.patient();
        if (patient == null) {
            return request;
        }
        Compartment own = new Compartment("Patient", patient);
        boolean elsewhere =
                request.compartment() != null && !request.compartment().equals(own);
        boolean includes = request.parameters().stream()
                .anyMatch(parameter -> (parameter.name().startsWith("_include")
                                && !parameter.value().startsWith("*:*:"))
                        || parameter.name().startsWith("_revinclude"));
        if (elsewhere || includes) {
            throw ownOnly();
        }
        return new SearchRequest(request.type(), own, request.parameters(), request.lenient());
    }

    private static void requireSearch(Caller caller, String type) {
        if (!caller.maySearch(type)) {
            throw FhirProblem.of(403, "forbidden", caller.missing(Scope.Act.SEARCH, type));
        }
    }

    private static FhirProblem ownOnly() {
        return FhirProblem.of(403, "forbidden", "This account may see the data of its own patient only.");
    }

    private static boolean leadsElsewhere(String name) {
        return name.startsWith("_has:") || name.indexOf('.') > 0;
    }

    private static void checkChain(String name, Caller caller) {
        if (caller.patient() != null) {
            throw ownOnly();
        }
        List<String> named =
                NAMED_TYPE.matcher(name).results().map(found -> found.group(1)).toList();
        if (caller.maySearch("*")) {
            return;
        }
        if (named.size() < links(name)) {
            throw FhirProblem.of(
                    403,
                    "forbidden",
                    "Name the type of each link of a chain, since the token is not good for all types.");
        }
        named.forEach(type -> requireSearch(caller, type));
    }

    private static int links(String name) {
        Matcher reverse = Pattern.compile("_has:").matcher(name);
        int links = (int) reverse.results().count();
        return links + (int) name.chars().filter(c -> c == '.').count();
    }
}
