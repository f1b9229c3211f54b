package allmende.app.selection;

import allmende.app.concepts.BulkResult;
import allmende.app.concepts.Concept;
import allmende.app.concepts.ConceptFilter;
import allmende.app.concepts.ConceptSearch;
import allmende.app.concepts.SearchPage;
import allmende.core.cohort.Catalogue;
import allmende.core.fhir.Coding;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Concepts as programs of the national portal look for them (fifth version of its interface). */
@RestController
@RequestMapping("/api/v5/terminology")
class TerminologyV5 {

    private static final int PAGE_MAX = 200;
    private static final int TERMS_MAX = 2_000;
    private static final int TERM_MAX_CHARACTERS = 200;
    private static final int ID_PARTS = 3;

    private final ConceptSearch concepts;
    private final Catalogue catalogue;

    TerminologyV5(ConceptSearch concepts, Catalogue catalogue) {
        this.concepts = concepts;
        this.catalogue = catalogue;
    }

    /** Finds concepts by words or code. */
    @GetMapping("/entry/search")
    ResponseEntity<byte[]> search(
            @RequestParam(defaultValue = "") String searchterm,
            @RequestParam Map<String, String> narrowing,
            @RequestParam(defaultValue = "false") boolean availability,
            @RequestParam(defaultValue = "0") int page,
            @RequestParam(defaultValue = "20", name = "page-size") int size) {
        ConceptFilter filter = new ConceptFilter(
                blank(narrowing.get("context")),
                blank(narrowing.get("kds-module")),
                blank(narrowing.get("terminology")),
                availability);
        int limit = Math.clamp(size, 1, PAGE_MAX);
        SearchPage found = concepts.search(searchterm, filter, Math.max(0, page) * limit, limit);
        ObjectNode json = Reply.object().put("totalHits", found.total());
        entries(json.putArray("results"), found.concepts());
        return Reply.json(json);
    }

    /**
     * Codes to look up at once.
     *
     * @param searchterms the codes
     * @param context code of a context; null for all
     * @param terminology URI of a code system; null for all
     */
    record Pasted(
            @Nullable List<@Nullable String> searchterms,
            @Nullable String context,
            @Nullable String terminology) {}

    /** Looks up a list of codes; of a code that may mean several concepts all are given. */
    @PostMapping("/entry/bulk-search")
    ResponseEntity<byte[]> bulk(@RequestBody Pasted pasted) {
        List<@Nullable String> terms = pasted.searchterms() == null ? List.of() : pasted.searchterms();
        String text = terms.stream()
                .limit(TERMS_MAX)
                .map(term -> term == null ? "" : term.substring(0, Math.min(term.length(), TERM_MAX_CHARACTERS)))
                .reduce("", (before, term) -> before + term + "\n");
        BulkResult result = concepts.bulk(
                text, new ConceptFilter(blank(pasted.context()), null, blank(pasted.terminology()), false));
        ObjectNode json = Reply.object();
        ArrayNode found = json.putArray("found");
        entries(found, result.found());
        result.ambiguous().forEach(ambiguous -> entries(found, ambiguous.concepts()));
        ArrayNode missing = json.putArray("notFound");
        result.missing().forEach(missing::add);
        return Reply.json(json);
    }

    /** One concept. */
    @GetMapping("/entry/{id}")
    ResponseEntity<byte[]> entry(@PathVariable String id) {
        return with(id, TerminologyV5::entry);
    }

    /** What is above, below and beside a concept: beside it are the same code's concepts of other contexts. */
    @GetMapping("/entry/{id}/relations")
    ResponseEntity<byte[]> relations(@PathVariable String id) {
        return with(id, concept -> {
            ObjectNode json = Reply.object().put("id", id(concept));
            display(json, concept);
            entries(json.putArray("parents"), concepts.parents(concept.coding(), concept.context()));
            entries(json.putArray("children"), concepts.children(concept.coding(), concept.context()));
            List<Concept> elsewhere = catalogue.contexts().keySet().stream()
                    .filter(context -> !context.equals(concept.context()))
                    .flatMap(context -> concepts.find(concept.coding(), context).stream())
                    .toList();
            entries(json.putArray("relatedTerms"), elsewhere);
            return json;
        });
    }

    private ResponseEntity<byte[]> with(String id, Function<Concept, ObjectNode> body) {
        return concept(id).map(body).map(Reply::json).orElseGet(Reply::missing);
    }

    /** The code systems of which there are concepts. */
    @GetMapping("/systems")
    ResponseEntity<byte[]> systems() {
        ArrayNode systems = Reply.array();
        concepts.systems().stream()
                .sorted()
                .forEach(system -> systems.addObject().put("url", system).put("name", name(system)));
        return Reply.json(systems);
    }

    /** The last part of the address, which is how people call the system. */
    private static String name(String system) {
        String[] parts = system.split("[/:]");
        return parts[parts.length - 1];
    }

    /** What a search can be narrowed by. */
    @GetMapping("/search/filter")
    ResponseEntity<byte[]> filters() {
        ArrayNode filters = Reply.array();
        filter(filters, "context", catalogue.contexts().keySet().stream());
        filter(filters, "kds-module", catalogue.contexts().values().stream().map(context -> context.module()));
        filter(filters, "terminology", concepts.systems().stream().sorted());
        return Reply.json(filters);
    }

    private static void filter(ArrayNode filters, String name, Stream<String> values) {
        Set<String> distinct = new LinkedHashSet<>(values.toList());
        ArrayNode list = filters.addObject().put("name", name).putArray("values");
        distinct.forEach(list::add);
    }

    private static void entries(ArrayNode list, Collection<Concept> concepts) {
        concepts.forEach(concept -> list.add(entry(concept)));
    }

    private static ObjectNode entry(Concept concept) {
        ObjectNode json = Reply.object()
                .put("id", id(concept))
                .put("context", concept.context())
                .put("terminology", concept.system())
                .put("termcode", concept.code())
                .put("kdsModule", concept.module())
                .put("availability", concept.patients())
                .put("selectable", true);
        display(json, concept);
        return json;
    }

    private static void display(ObjectNode json, Concept concept) {
        json.putObject("display").put("de", concept.displayDe()).put("en", concept.displayEn());
    }

    /** Names a concept for good: it is what it says, so that no index of names has to be kept. */
    private static String id(Concept concept) {
        String parts = String.join("\n", concept.context(), concept.system(), concept.code());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(parts.getBytes(StandardCharsets.UTF_8));
    }

    private Optional<Concept> concept(String id) {
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(id), StandardCharsets.UTF_8).split("\n", -1);
            return parts.length == ID_PARTS
                    ? concepts.find(new Coding(parts[1], parts[2]), parts[0])
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static @Nullable String blank(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }
}
