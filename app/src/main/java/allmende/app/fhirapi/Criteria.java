package allmende.app.fhirapi;

import allmende.core.fhir.ResourceKey;
import allmende.engine.load.Intake;
import allmende.engine.search.Matches;
import allmende.engine.search.Search;
import allmende.engine.search.SearchRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.beans.factory.ObjectProvider;

/** Finds what the criteria of conditional interactions mean, in the store as it is now. */
final class Criteria {

    /** Parameters of the answer's form, which select nothing. */
    private static final Set<String> OF_THE_FORM = Set.of("_format", "_pretty");

    private final ObjectProvider<Search> search;

    Criteria(ObjectProvider<Search> search) {
        this.search = search;
    }

    /**
     * At most two of the resources that meet the criteria.
     *
     * @param query {@code name=value&name=value}, percent-encoded
     * @throws FhirProblem 400 if there are no criteria, or they can't be understood
     */
    List<ResourceKey> find(Intake intake, String type, String query) {
        Optional<List<ResourceKey>> quick = intake.byIdentifier(type, query);
        return quick.isPresent() ? quick.get() : find(type, query);
    }

    /** The same, by the search alone. */
    List<ResourceKey> find(String type, String query) {
        List<SearchRequest.Parameter> parameters = parameters(query);
        if (parameters.isEmpty()) {
            throw FhirProblem.invalid("A conditional interaction needs at least one search parameter.");
        }
        Search there = search.getIfAvailable();
        if (there == null) {
            throw FhirProblem.notSupported("Conditions other than identifier=system|value are not carried out here.");
        }
        return switch (there.matching(type, parameters, 2)) {
            case Matches.Keys keys -> keys.keys();
            case Matches.Refused refused ->
                throw new FhirProblem(
                        Searches.status(refused.reasons().getFirst().code()),
                        refused.reasons().stream()
                                .map(reason -> FhirIssue.of("error", reason))
                                .toList());
        };
    }

    static List<SearchRequest.Parameter> parameters(String query) {
        List<SearchRequest.Parameter> parameters = new ArrayList<>();
        for (String pair : query.split("&")) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = Exchange.decoded(equals < 0 ? pair : pair.substring(0, equals));
                String value = equals < 0 ? "" : Exchange.decoded(pair.substring(equals + 1));
                if (!OF_THE_FORM.contains(name)) {
                    parameters.add(new SearchRequest.Parameter(name, value));
                }
            }
        }
        return parameters;
    }
}
