package allmende.engine.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.lucene.search.Query;

/** The queries of a search, type by type; gathers what was ignored where the caller allows that. */
final class Queries {

    private final SearchRequest request;
    private final QueryCompiler compiler;
    private final Set<Refusal> ignored = new LinkedHashSet<>();

    Queries(SearchRequest request, QueryCompiler compiler) {
        this.request = request;
        this.compiler = compiler;
    }

    /** What must hold of resources of a type. */
    Query ofType(String type) throws IOException {
        List<Query> all = new ArrayList<>();
        SearchRequest.Compartment compartment = request.compartment();
        if (compartment != null) {
            all.add(compiler.compartment(compartment, type));
        }
        for (SearchRequest.Parameter parameter : request.parameters()) {
            if (ResultForm.NAMES.contains(ResultForm.base(parameter.name()))) {
                continue;
            }
            try {
                all.add(compiler.compile(type, parameter.name(), parameter.value()));
            } catch (SearchRefused refused) {
                boolean mayIgnore = request.lenient()
                        && (refused.refusal().code() == Refusal.Code.UNKNOWN
                                || refused.refusal().code() == Refusal.Code.MODIFIER);
                if (!mayIgnore) {
                    throw refused;
                }
                ignored.add(refused.refusal());
            }
        }
        return QueryCompiler.all(all);
    }

    /** Parameters that were left out. */
    List<Refusal> ignored() {
        return List.copyOf(ignored);
    }
}
