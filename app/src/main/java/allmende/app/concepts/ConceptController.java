package allmende.app.concepts;

import allmende.core.fhir.Coding;
import io.github.wimdeblauwe.htmx.spring.boot.mvc.HxRequest;
import java.net.URI;
import java.security.Principal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/**
 * The pages of the search. Each also comes as a part of a page: {@code /concepts/panel?target=…} is the whole search to
 * be put into another page; what is chosen in it is posted to the target.
 */
@Controller
class ConceptController {

    private static final int PAGE = 20;
    private static final int RECENT = 10;

    private final ConceptSearch search;
    private final ConceptView view;
    private final RecentConcepts recent;

    ConceptController(ConceptSearch search, ConceptView view, RecentConcepts recent) {
        this.search = search;
        this.view = view;
        this.recent = recent;
    }

    @GetMapping("/concepts")
    String page(ConceptAddress address, Model model, Locale language, @Nullable Principal principal) {
        panel(address, model, language, principal);
        return "concepts/search";
    }

    @HxRequest
    @GetMapping("/concepts")
    String results(ConceptAddress address, Model model, Locale language, @Nullable Principal principal) {
        found(address, model, language, principal);
        model.addAttribute("moduleOptions", view.modules(address, language));
        model.addAttribute("part", true);
        return "concepts/search :: results";
    }

    @GetMapping("/concepts/panel")
    String panel(ConceptAddress address, Model model, Locale language, @Nullable Principal principal) {
        found(address, model, language, principal);
        model.addAttribute("moduleOptions", view.modules(address, language));
        model.addAttribute("systemOptions", view.systems(address));
        return "concepts/search :: panel";
    }

    @GetMapping("/concepts/tree")
    String tree(ConceptAddress address, Model model, Locale language) {
        walk(address, model, language);
        return "concepts/tree";
    }

    @HxRequest
    @GetMapping("/concepts/tree")
    String treePart(ConceptAddress address, Model model, Locale language) {
        walk(address, model, language);
        model.addAttribute("part", true);
        return "concepts/tree :: tree";
    }

    @GetMapping("/concepts/concept")
    String concept(ConceptAddress address, Model model, Locale language) {
        look(address, model, language);
        return "concepts/concept";
    }

    @HxRequest
    @GetMapping("/concepts/concept")
    String conceptPart(ConceptAddress address, Model model, Locale language) {
        look(address, model, language);
        model.addAttribute("part", true);
        return "concepts/concept :: concept";
    }

    private void look(ConceptAddress address, Model model, Locale language) {
        String context = address.context();
        String system = address.system();
        String code = address.code();
        if (context == null || system == null || code == null) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        Concept concept = search.find(new Coding(system, code), context)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        model.addAttribute("address", address);
        model.addAttribute("details", view.details(concept, address, language));
    }

    @GetMapping("/concepts/bulk")
    String bulk(ConceptAddress address, Model model, Locale language) {
        model.addAttribute("address", address);
        model.addAttribute("systemOptions", view.systems(address));
        model.addAttribute("moduleOptions", view.modules(address, language));
        return "concepts/bulk";
    }

    @PostMapping("/concepts/bulk")
    String bulk(ConceptAddress address, @RequestParam String codes, Model model, Locale language) {
        BulkResult result = search.bulk(codes, address.filter());
        model.addAttribute("codes", codes);
        model.addAttribute("result", result);
        model.addAttribute("found", view.rows(result.found(), address, language));
        model.addAttribute(
                "ambiguous",
                result.ambiguous().stream()
                        .map(one -> new Ambiguous(one.code(), view.rows(one.concepts(), address, language)))
                        .toList());
        return bulk(address, model, language);
    }

    /** A pasted code with the rows of what it may mean. */
    record Ambiguous(String code, List<ConceptView.Row> rows) {}

    /** Notes what was chosen and passes the form on to where it is wanted; the browser posts it again there. */
    @PostMapping("/concepts/choose")
    ResponseEntity<Void> choose(
            @RequestParam String target,
            @RequestParam MultiValueMap<String, String> form,
            @Nullable Principal principal) {
        String safe = ConceptAddress.safeTarget(target);
        if (safe == null) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST);
        }
        if (principal != null) {
            recent.used(
                    principal.getName(),
                    ChosenConcept.all(form).stream()
                            .filter(chosen -> search.find(chosen.coding(), chosen.context())
                                    .isPresent())
                            .map(chosen -> new RecentConcepts.Used(chosen.context(), chosen.coding()))
                            .toList());
        }
        return ResponseEntity.status(HttpStatus.TEMPORARY_REDIRECT)
                .location(URI.create(safe))
                .build();
    }

    private void found(ConceptAddress address, Model model, Locale language, @Nullable Principal principal) {
        SearchPage page = search.search(address.text(), address.filter(), address.start(), PAGE);
        model.addAttribute("address", address);
        model.addAttribute("page", page);
        model.addAttribute("rows", view.rows(page.concepts(), address, language));
        model.addAttribute("facets", view.facets(page, address, language));
        model.addAttribute("total", ConceptView.number(page.total(), language));
        model.addAttribute("previous", page.offset() > 0 ? address.page(Math.max(0, page.offset() - PAGE)) : null);
        model.addAttribute("next", page.more() ? address.page(page.offset() + PAGE) : null);
        boolean begin = address.text().isBlank() && address.start() == 0 && principal != null;
        model.addAttribute("recent", begin && principal != null ? recent(principal, address, language) : List.of());
    }

    private List<ConceptView.Row> recent(Principal principal, ConceptAddress address, Locale language) {
        return recent.latest(principal.getName(), RECENT).stream()
                .flatMap(used -> search.find(used.coding(), used.context()).stream())
                .map(concept -> view.row(concept, address, language))
                .toList();
    }

    private void walk(ConceptAddress address, Model model, Locale language) {
        model.addAttribute("address", address);
        String context = address.context();
        String system = address.system();
        if (context == null || system == null) {
            model.addAttribute("trees", view.trees(address, language));
            return;
        }
        String code = address.code();
        Optional<Concept> at = code == null ? Optional.empty() : search.find(new Coding(system, code), context);
        if (code != null && at.isEmpty()) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        List<Concept> above =
                at.map(concept -> search.parents(concept.coding(), context)).orElse(List.of());
        List<Concept> below = at.map(concept -> search.children(concept.coding(), context))
                .orElseGet(() -> search.roots(context, system));
        model.addAttribute("top", address.top(context, system));
        model.addAttribute("topLabel", ConceptView.system(system) + " – " + view.context(context, language));
        model.addAttribute("above", view.rows(above, address, language));
        model.addAttribute(
                "at", at.map(concept -> view.row(concept, address, language)).orElse(null));
        model.addAttribute("below", view.rows(below, address, language));
    }
}
