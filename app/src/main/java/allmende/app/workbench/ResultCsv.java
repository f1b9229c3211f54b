package allmende.app.workbench;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An answer as a table (RFC 4180, UTF-8 with a mark so that spreadsheets see it): part, label, number, remark. */
final class ResultCsv {

    private static final String MARK = "\uFEFF";
    private static final String FORMULA_STARTS = "=+-@\t\r";

    private ResultCsv() {}

    static byte[] write(ResultView view, Words words) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("part", "label", "number", "remark"));
        rows.add(List.of("question", view.title(), "", view.reading()));
        rows.add(List.of("asked", view.asked(), "", view.asker()));
        rows.add(List.of("total", words.say("workbench.result.total"), number(view.big()), view.total()));
        view.sites()
                .forEach(site ->
                        rows.add(List.of("site", site.name(), number(site.number()), String.join(" ", said(site)))));
        view.funnel()
                .forEach(step -> rows.add(List.of(
                        step.exclusion() ? "exclusion" : "inclusion",
                        step.label(),
                        step.value() == null ? "" : step.value().toString(),
                        step.number())));
        view.ages().forEach(band -> band.cells()
                .forEach(cell -> rows.add(List.of(
                        "age and sex",
                        band.label() + " " + cell.sex(),
                        cell.value() == null ? "" : cell.value().toString(),
                        cell.number()))));
        String text = rows.stream()
                .map(row -> row.stream().map(ResultCsv::field).collect(Collectors.joining(",")))
                .collect(Collectors.joining("\r\n", MARK, "\r\n"));
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> said(ResultView.SiteLine site) {
        List<String> said = new ArrayList<>();
        said.add(site.said());
        said.addAll(site.more());
        return said;
    }

    private static String number(@Nullable String number) {
        return number == null ? "" : number;
    }

    /** Quoted where needed; a text that a spreadsheet would run as a formula is kept from it. */
    private static String field(String text) {
        String safe = !text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        boolean quote = safe.chars().anyMatch(each -> each == ',' || each == '"' || each == '\n' || each == '\r');
        return quote ? "\"" + safe.replace("\"", "\"\"") + "\"" : safe;
    }
}
