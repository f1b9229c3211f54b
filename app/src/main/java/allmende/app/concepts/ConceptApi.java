package allmende.app.concepts;

import allmende.core.fhir.Coding;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** The search for programs. */
@RestController
@RequestMapping("/api/concepts")
class ConceptApi {

    private static final int LIMIT_MAX = 200;
    private static final int PASTED_MAX = 200_000;

    private final ConceptSearch search;

    ConceptApi(ConceptSearch search) {
        this.search = search;
    }

    /** A concept among what is above and below it. */
    record Place(Concept concept, List<Concept> parents, List<Concept> siblings, List<Concept> children) {}

    /** A pasted list of codes, and where to look for them; parts that are null do not narrow. */
    record Pasted(
            @Nullable String text,
            @Nullable String context,
            @Nullable String module,
            @Nullable String system) {}

    @GetMapping("/search")
    SearchPage search(ConceptAddress address, @RequestParam(defaultValue = "20") int limit) {
        return search.search(address.text(), address.filter(), address.start(), Math.clamp(limit, 0, LIMIT_MAX));
    }

    @GetMapping("/tree")
    Place tree(@RequestParam String context, @RequestParam String system, @RequestParam String code) {
        Coding coding = new Coding(system, code);
        Concept concept =
                search.find(coding, context).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        return new Place(
                concept,
                search.parents(coding, context),
                search.siblings(coding, context),
                search.children(coding, context));
    }

    @PostMapping("/bulk")
    BulkResult bulk(@RequestBody Pasted pasted) {
        String text = pasted.text() == null ? "" : pasted.text();
        if (text.length() > PASTED_MAX) {
            throw new ResponseStatusException(HttpStatus.CONTENT_TOO_LARGE);
        }
        return search.bulk(text, new ConceptFilter(pasted.context(), pasted.module(), pasted.system(), false));
    }
}
