package allmende.app.projects;

import allmende.core.consent.ConsentRequest;
import allmende.core.deident.DeidentReport;
import allmende.core.deident.risk.RiskReport;
import allmende.engine.delivery.DeliveredFile;
import allmende.engine.extract.ExtractReport;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes down what people decide on; {@link ReportView} reads it. */
final class Reports {

    private static final String PATIENT = "Patient";
    private static final String CONSENT = "consent";

    private Reports() {}

    /** What is known of a build. */
    record Facts(ExtractReport extracted, ConsentRequest consent, DeidentReport deidentified, RiskReport risk) {}

    static ObjectNode write(Facts facts, List<DeliveredFile> files) {
        ExtractReport extracted = facts.extracted();
        ObjectNode report = JsonNodeFactory.instance.objectNode();
        report.putObject("patients").put("asked", extracted.patients()).put("delivered", extracted.patientsDelivered());
        report.putObject("resources").put("read", extracted.read()).put("delivered", extracted.delivered());
        ObjectNode groups = report.putObject("groups");
        extracted.deliveredByGroup().forEach(groups::put);
        consent(report.putObject(CONSENT), extracted, facts.consent());
        ArrayNode exclusions = report.putArray("exclusions");
        for (ExtractReport.Exclusions one : extracted.exclusions()) {
            exclusions
                    .addObject()
                    .put("stage", one.stage())
                    .put("rule", one.rule())
                    .put("subject", one.subject())
                    .put("count", one.count());
        }
        ObjectNode rules = report.putObject("deidentified");
        for (DeidentReport.RuleCount rule : facts.deidentified().rules()) {
            if (rule.count() > 0) {
                rules.put(rule.method() + " " + rule.path(), rule.count());
            }
        }
        risk(report.putObject("risk"), facts.risk());
        ArrayNode list = report.putArray("files");
        for (DeliveredFile file : files) {
            list.addObject().put("name", file.path()).put("bytes", file.bytes()).put("rows", file.rows());
        }
        return report;
    }

    private static void risk(ObjectNode node, RiskReport risk) {
        if (risk.rows() == 0) {
            return;
        }
        node.put("columns", String.join(", ", risk.columns().quasiIdentifiers()));
        node.put("k", Long.toString(risk.k()));
        node.put("uniques", risk.uniques() + " / " + risk.rows());
        node.put("prosecutor", percent(risk.prosecutorRisk()));
        node.put("marketer", percent(risk.marketerRisk()));
        risk.l().forEach((column, l) -> node.put("l." + column, Integer.toString(l)));
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", share * 100);
    }

    private static void consent(ObjectNode node, ExtractReport extracted, ConsentRequest asked) {
        node.put("rules", asked.rules().name().toLowerCase(Locale.ROOT));
        ArrayNode policies = node.putArray("policies");
        asked.policies().forEach(policies::add);
        ObjectNode refused = node.putObject("refused");
        for (ExtractReport.Exclusions one : extracted.exclusions()) {
            if (one.stage().equals(CONSENT) && one.subject().equals(PATIENT)) {
                refused.put(one.rule(), one.count());
            }
        }
    }
}
