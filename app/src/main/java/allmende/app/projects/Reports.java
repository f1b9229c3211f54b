package allmende.app.projects;

import allmende.core.consent.ConsentRequest;
import allmende.core.deident.DeidentReport;
import allmende.core.deident.risk.RiskReport;
import allmende.engine.delivery.DeliveredFile;
import allmende.engine.extract.ExtractReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes down what people decide on; {@link ReportView} reads it. */
final class Reports {

    private static final String PATIENT = "Patient";
    private static final String CONSENT = "consent";

    private Reports() {}

    /**
     * What is known of a build.
     *
     * @param losses how many patients would have to be left out for a k
     * @param parted who was left out because they stood out; null where nobody asked for that
     */
    record Facts(
            ExtractReport extracted,
            ConsentRequest consent,
            DeidentReport deidentified,
            RiskReport risk,
            SortedMap<Integer, Long> losses,
            Screening.@Nullable Parted parted) {}

    /** What became of all who were asked for, where a second pass was for those alone who do not stand out. */
    static ExtractReport both(ExtractReport first, ExtractReport second, Screening.Parted parted) {
        List<ExtractReport.Exclusions> exclusions = new ArrayList<>(first.exclusions());
        if (!parted.going().isEmpty()) {
            exclusions.add(new ExtractReport.Exclusions(
                    Screening.STAGE, parted.rule(), PATIENT, parted.going().size()));
        }
        first.deliveredByGroup().forEach((group, count) -> {
            long gone = count - second.deliveredByGroup().getOrDefault(group, 0L);
            if (gone > 0) {
                exclusions.add(new ExtractReport.Exclusions(Screening.STAGE, parted.rule(), group, gone));
            }
        });
        return new ExtractReport(
                first.t(),
                first.day(),
                second.complete(),
                first.patients(),
                second.patientsDelivered(),
                first.read(),
                second.delivered(),
                second.deliveredByGroup(),
                exclusions);
    }

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
        standing(report.putObject("standing"), facts);
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

    /** What the figures of the risk lead to. */
    private static void standing(ObjectNode node, Facts facts) {
        node.put("k", facts.risk().k());
        node.put("patients", facts.risk().rows());
        node.put("alone", facts.risk().uniques());
        ObjectNode losses = node.putObject("losses");
        facts.losses().forEach((k, patients) -> losses.put(Integer.toString(k), patients));
        if (facts.parted() != null) {
            node.putObject("suppressed")
                    .put("k", facts.parted().k())
                    .put("patients", facts.parted().going().size());
        }
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
