package allmende.app.quality;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The report in forms for programs: a FHIR MeasureReport, and CSV. */
final class MeasureReports {

    private static final String SYSTEM = "urn:allmende:data-quality:rule";

    private MeasureReports() {}

    /** A summary MeasureReport: a group for each area, module and source, a population for each figure. */
    static ObjectNode fhir(List<Figure> figures, LocalDate day) {
        ObjectNode report = JsonNodeFactory.instance.objectNode();
        report.put("resourceType", "MeasureReport");
        report.put("status", "complete").put("type", "summary");
        report.put("measure", "urn:allmende:data-quality");
        report.put("date", day.toString());
        report.putObject("period").put("start", day.toString()).put("end", day.toString());
        ArrayNode groups = report.putArray("group");
        for (Figure figure : figures) {
            ObjectNode group = groups.addObject();
            ObjectNode code = group.putObject("code");
            String rule = figure.rule().isEmpty() ? "errors-" + figure.stream() : figure.rule();
            code.putArray("coding").addObject().put("system", SYSTEM).put("code", rule);
            code.put("text", String.join(" / ", figure.area(), rule, figure.module(), figure.source()));
            ArrayNode populations = group.putArray("population");
            population(populations, "denominator", figure.checked());
            population(populations, "numerator", figure.affected());
            group.putObject("measureScore")
                    .put("value", Math.round(figure.percent() * 100) / 100.0)
                    .put("unit", "%");
            ArrayNode strata = group.putArray("stratifier");
            stratum(strata, "module", figure.module());
            stratum(strata, "source", figure.source());
        }
        return report;
    }

    private static void population(ArrayNode populations, String code, long count) {
        ObjectNode population = populations.addObject();
        population
                .putObject("code")
                .putArray("coding")
                .addObject()
                .put("system", "http://terminology.hl7.org/CodeSystem/measure-population")
                .put("code", code);
        population.put("count", count);
    }

    private static void stratum(ArrayNode strata, String name, String value) {
        ObjectNode stratifier = strata.addObject();
        stratifier.putArray("code").addObject().put("text", name);
        stratifier.putArray("stratum").addObject().putObject("value").put("text", value);
    }

    static String csv(List<Figure> figures) {
        StringBuilder csv =
                new StringBuilder("day,t,stream,area,rule,severity,module,source,affected,checked,percent\n");
        for (Figure figure : figures) {
            csv.append(figure.day()).append(',').append(figure.t());
            for (String text : List.of(
                    figure.stream(),
                    figure.area(),
                    figure.rule(),
                    figure.severity(),
                    figure.module(),
                    figure.source())) {
                csv.append(',').append(quoted(text));
            }
            csv.append(',').append(figure.affected()).append(',').append(figure.checked());
            csv.append(',')
                    .append(String.format(Locale.ROOT, "%.2f", figure.percent()))
                    .append('\n');
        }
        return csv.toString();
    }

    /** A leading sign would be a formula to a spreadsheet. */
    private static String quoted(String text) {
        String safe = !text.isEmpty() && "=+@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        boolean plain = safe.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? safe : "\"" + safe.replace("\"", "\"\"") + "\"";
    }
}
