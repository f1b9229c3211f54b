package allmende.app.selection;

import allmende.app.concepts.Concept;
import allmende.app.concepts.ConceptFilter;
import allmende.app.concepts.ConceptSearch;
import allmende.app.concepts.SearchPage;
import allmende.core.cohort.Catalogue;
import allmende.core.disclosure.PortalRules;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What the portal tells programs about itself: its interface, its rules, what can be asked. */
@RestController
@RequestMapping("/api")
class PortalInfoApi {

    private static final int PAGE_MAX = 200;
    private static final String DESCRIPTION = "/allmende/openapi.json";

    private final PortalRules rules;
    private final PollLimits.Rules polls;
    private final ConceptSearch concepts;
    private final Catalogue catalogue;

    PortalInfoApi(PortalRules rules, PollLimits.Rules polls, ConceptSearch concepts, Catalogue catalogue) {
        this.rules = rules;
        this.polls = polls;
        this.concepts = concepts;
        this.catalogue = catalogue;
    }

    /** The description of the whole interface (OpenAPI 3.1). */
    @GetMapping("/openapi.json")
    ResponseEntity<byte[]> description() throws IOException {
        try (InputStream file = PortalInfoApi.class.getResourceAsStream(DESCRIPTION)) {
            if (file == null) {
                throw new IllegalStateException("The class path has no " + DESCRIPTION);
            }
            return Reply.bytes(MediaType.APPLICATION_JSON, file.readAllBytes());
        }
    }

    /** The rules that programs should know. */
    @GetMapping("/v5/.settings")
    ResponseEntity<byte[]> settings() {
        ObjectNode json = rules.write();
        json.put("summaryPollSeconds", polls.summary().toSeconds());
        json.put("detailedPollSeconds", polls.detailed().toSeconds());
        json.put("detailedViews", polls.views());
        json.put("detailedViewRefillSeconds", polls.refill().toSeconds());
        json.put("savedQueries", DataQueryV5.SLOTS);
        return Reply.json(json);
    }

    /** Finds concepts by words or code. */
    @GetMapping("/v5/terminology/entry/search")
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
        ArrayNode results = json.putArray("results");
        for (Concept concept : found.concepts()) {
            ObjectNode node = results.addObject()
                    .put("context", concept.context())
                    .put("terminology", concept.system())
                    .put("termcode", concept.code())
                    .put("kdsModule", concept.module())
                    .put("availability", concept.patients())
                    .put("selectable", true);
            node.putObject("display").put("de", concept.displayDe()).put("en", concept.displayEn());
        }
        return Reply.json(json);
    }

    private static @Nullable String blank(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }

    /** What a search can be narrowed by. */
    @GetMapping("/v5/terminology/search/filter")
    ResponseEntity<byte[]> filters() {
        ArrayNode filters = Reply.array();
        filter(filters, "context", catalogue.contexts().keySet().stream());
        filter(filters, "kds-module", catalogue.contexts().values().stream().map(context -> context.module()));
        return Reply.json(filters);
    }

    private static void filter(ArrayNode filters, String name, Stream<String> values) {
        Set<String> distinct = new LinkedHashSet<>(values.toList());
        ArrayNode list = filters.addObject().put("name", name).putArray("values");
        distinct.forEach(list::add);
    }
}
