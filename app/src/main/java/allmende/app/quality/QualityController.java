package allmende.app.quality;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The data-quality page, the lists behind its figures, and the report for programs. */
@Controller
@RequestMapping("/quality")
class QualityController {

    private static final int PAGE = 50;
    private static final int DAYS = 30;
    private static final int ROWS_MAX = 100;
    private static final int CHART_WIDTH = 600;
    private static final int CHART_HEIGHT = 90;
    private static final MediaType FHIR = MediaType.parseMediaType("application/fhir+json");
    private static final MediaType CSV = MediaType.parseMediaType("text/csv;charset=UTF-8");

    private final QualityReport report;
    private final RuleBook book = RuleBook.shipped();

    QualityController(QualityService service) {
        this.report = new QualityReport(service.tables());
    }

    /** A figure with its title in the reader's language. */
    record Row(Figure figure, String title, String share) {}

    /**
     * A part of the page.
     *
     * @param more how many rows are left out
     */
    record Part(String area, List<Row> rows, int more, List<Bar> bars, long highest) {}

    /** A bar of a chart, in its own measure, with what it says to those who don't see it. */
    record Bar(int x, int y, int width, int height, String label) {}

    @GetMapping
    String page(
            @RequestParam(defaultValue = "") String module,
            @RequestParam(defaultValue = "") String source,
            Model model,
            Locale locale) {
        LocalDate day = report.newest().orElse(null);
        List<Figure> figures = day == null ? List.of() : report.figures(day);
        Set<String> modules = new TreeSet<>();
        Set<String> sources = new TreeSet<>();
        figures.forEach(figure -> {
            modules.add(figure.module());
            sources.add(figure.source());
        });
        List<Figure> shown = figures.stream()
                .filter(figure -> module.isEmpty() || figure.module().equals(module))
                .filter(figure -> source.isEmpty() || figure.source().equals(source))
                .toList();
        model.addAttribute("day", day);
        model.addAttribute("modules", modules);
        model.addAttribute("sources", sources);
        model.addAttribute("module", module);
        model.addAttribute("source", source);
        model.addAttribute("validated", report.looked(Streams.VALIDATION));
        model.addAttribute("ruled", report.looked(Streams.RULES));
        model.addAttribute("notChecked", report.notChecked());
        List<Part> parts = new ArrayList<>();
        for (Area area : Area.values()) {
            parts.add(part(area, shown, locale));
        }
        model.addAttribute("parts", parts);
        return "quality/index";
    }

    private Part part(Area area, List<Figure> figures, Locale locale) {
        List<Row> rows = figures.stream()
                .filter(figure -> figure.area().equals(area.written()))
                .map(figure -> new Row(
                        figure, title(figure.rule(), locale), String.format(locale, "%.1f %%", figure.percent())))
                .toList();
        List<QualityReport.Day> days = report.days(area.written(), DAYS);
        long highest = Math.max(
                1, days.stream().mapToLong(QualityReport.Day::affected).max().orElse(1));
        List<Bar> bars = new ArrayList<>();
        int step = CHART_WIDTH / DAYS;
        for (int i = 0; i < days.size(); i++) {
            QualityReport.Day one = days.get(i);
            int height = (int) Math.max(1, one.affected() * CHART_HEIGHT / highest);
            bars.add(new Bar(i * step, CHART_HEIGHT - height, step - 4, height, one.day() + ": " + one.affected()));
        }
        return new Part(
                area.written(),
                rows.stream().limit(ROWS_MAX).toList(),
                Math.max(0, rows.size() - ROWS_MAX),
                bars,
                highest);
    }

    /** Rules have titles in both languages; what the validator finds goes by its own name for it. */
    private String title(String rule, Locale locale) {
        return book.find(rule)
                .map(found -> locale.getLanguage().equals("de") ? found.german() : found.english())
                .orElse(rule.replace('_', ' '));
    }

    @GetMapping("/resources")
    String resources(
            @RequestParam String rule,
            @RequestParam(defaultValue = "") String module,
            @RequestParam(defaultValue = "") String source,
            @RequestParam(defaultValue = "-1") long after,
            Model model) {
        List<QualityReport.Listed> found = report.behind(rule, module, source, after, PAGE + 1);
        List<QualityReport.Listed> listed = found.stream().limit(PAGE).toList();
        model.addAttribute("rule", rule);
        model.addAttribute("ruleTitle", title(rule, LocaleContextHolder.getLocale()));
        model.addAttribute("module", module);
        model.addAttribute("source", source);
        model.addAttribute("listed", listed);
        model.addAttribute("next", found.size() > PAGE ? listed.getLast().rid() : null);
        return "quality/resources";
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
