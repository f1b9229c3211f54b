package allmende.app.quality;

import allmende.app.quality.QualityReport.Wanted;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** The data-quality page, the lists behind its figures, single resources, and the report for programs. */
@Controller
@RequestMapping("/quality")
class QualityController {

    private static final int PAGE = 50;
    private static final int DAYS = 30;
    private static final Set<String> VIEWS = Set.of("rule", "errors", "unchecked", "checked");
    private static final MediaType FHIR = MediaType.parseMediaType("application/fhir+json");
    private static final MediaType CSV = MediaType.parseMediaType("text/csv;charset=UTF-8");

    private final QualityService service;
    private final QualityReport report;
    private final MessageSource messages;
    private final RuleBook book = RuleBook.shipped();

    QualityController(QualityService service, MessageSource messages) {
        this.service = service;
        this.report = new QualityReport(service.tables());
        this.messages = messages;
    }

    @GetMapping
    String page(
            @RequestParam(defaultValue = "") String module,
            @RequestParam(defaultValue = "") String source,
            Model model,
            Locale locale) {
        QualityPage page = new QualityPage(book, messages, locale);
        LocalDate day = report.newest().orElse(null);
        List<Figure> figures = day == null ? List.of() : report.figures(day);
        List<Figure> shown = figures.stream()
                .filter(figure -> module.isEmpty() || figure.module().equals(module))
                .filter(figure -> source.isEmpty() || figure.source().equals(source))
                .toList();
        model.addAttribute("day", day == null ? null : page.date(day));
        model.addAttribute("progress", service.progress());
        model.addAttribute("modules", QualityPage.modules(figures));
        model.addAttribute("sources", QualityPage.sources(figures));
        model.addAttribute("module", module);
        model.addAttribute("source", source);
        model.addAttribute("sums", QualityPage.sums(shown));
        List<QualityPage.Part> parts = new ArrayList<>();
        for (Area area : Area.values()) {
            parts.add(page.part(area, shown, report.days(area.written(), module, source, DAYS)));
        }
        model.addAttribute("parts", parts);
        return "quality/index";
    }

    /** A list as its address asks for it. */
    record Asked(
            @Nullable String view,
            @Nullable String stream,
            @Nullable String rule,
            @Nullable String severity,
            @Nullable String module,
            @Nullable String source,
            @Nullable Long after) {

        Wanted wanted() {
            String known = view != null && VIEWS.contains(view) ? view : "rule";
            return new Wanted(known, told(stream), told(rule), told(severity), told(module), told(source));
        }

        private static String told(@Nullable String text) {
            return text == null ? "" : text;
        }
    }

    @GetMapping("/resources")
    String resources(Asked asked, Model model, Locale locale) {
        Wanted wanted = asked.wanted();
        long after = asked.after() == null ? -1 : asked.after();
        List<QualityReport.Listed> found = report.behind(wanted, after, PAGE + 1);
        List<QualityReport.Listed> listed = found.stream().limit(PAGE).toList();
        QualityPage page = new QualityPage(book, messages, locale);
        model.addAttribute("wanted", wanted);
        model.addAttribute(
                "heading",
                wanted.view().equals("rule")
                        ? page.title(wanted.rule())
                        : messages.getMessage(
                                "quality.list." + wanted.view() + "." + wanted.stream(), null, wanted.view(), locale));
        model.addAttribute(
                "area",
                book.find(wanted.rule()).map(rule -> rule.area().written()).orElse(""));
        model.addAttribute("total", total(wanted));
        model.addAttribute("listed", listed);
        model.addAttribute("first", after < 0);
        model.addAttribute("next", found.size() > PAGE ? listed.getLast().rid() : null);
        return "quality/resources";
    }

    /** The figure that the list stands behind. */
    private long total(Wanted wanted) {
        return report.newest().map(report::figures).orElse(List.of()).stream()
                .filter(wanted::isBehind)
                .mapToLong(figure -> wanted.view().equals("checked") ? figure.checked() : figure.affected())
                .sum();
    }

    /** All that was found in a resource, in its newest version and in those before. */
    @GetMapping("/resource")
    String resource(@RequestParam long rid, Model model, Locale locale) {
        List<QualityReport.Checked> newest = report.checked(rid);
        if (newest.isEmpty()) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        model.addAttribute("page", new QualityPage(book, messages, locale));
        model.addAttribute("newest", newest);
        model.addAttribute(
                "key", newest.getFirst().type() + "/" + newest.getFirst().id());
        model.addAttribute("past", report.past(rid));
        return "quality/resource";
    }

    /** The whole report as a FHIR MeasureReport. */
    @GetMapping("/report.json")
    ResponseEntity<byte[]> fhir() {
        LocalDate day = report.newest().orElse(LocalDate.EPOCH);
        return ResponseEntity.ok()
                .contentType(FHIR)
                .body(MeasureReports.fhir(report.figures(day), day).toString().getBytes(StandardCharsets.UTF_8));
    }

    /** The whole report as CSV. */
    @GetMapping("/report.csv")
    ResponseEntity<byte[]> csv() {
        LocalDate day = report.newest().orElse(LocalDate.EPOCH);
        return ResponseEntity.ok()
                .contentType(CSV)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"data-quality-" + day + ".csv\"")
                .body(MeasureReports.csv(report.figures(day)).getBytes(StandardCharsets.UTF_8));
    }
}
