package allmende.app.projects;

import allmende.core.consent.Policy;
import allmende.core.consent.PolicyCatalogue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * The report of a build as pages show it; what a report does not tell is 0 or empty.
 *
 * @param patientsAsked patients of the cohort
 * @param patientsDelivered of whom something would leave
 * @param read resources read
 * @param delivered resources that would leave
 * @param groups what would leave, by group of the selection
 * @param exclusions what stays, by stage and rule
 * @param consent how consent was judged
 * @param risk risk of re-identification
 * @param standing what the risk means, and what can be done about it
 * @param deidentified what the rules of de-identification did
 * @param files what would leave, by file
 */
record ReportView(
        long patientsAsked,
        long patientsDelivered,
        long read,
        long delivered,
        List<Count> groups,
        List<Exclusion> exclusions,
        Consent consent,
        List<Figure> risk,
        Standing standing,
        List<Count> deidentified,
        List<FileLine> files) {

    /** How often something occurs. */
    record Count(String name, long count) {}

    /** How often a rule at a stage left something out, in words, with the rule's code. */
    record Exclusion(String stage, String why, String rule, String subject, long count) {}

    /** By whose rules consent was judged, which policies were asked for, and why patients were left out. */
    record Consent(String rules, List<PolicyLine> policies, List<Count> refused) {}

    /** A policy in words; without words where nobody knows the code. */
    record PolicyLine(String code, String name) {

        private static PolicyLine of(String code, Locale locale) {
            Policy known = PolicyCatalogue.shipped().find(Policy.number("", code));
            return new PolicyLine(code, known == null ? "" : known.name(locale.getLanguage()));
        }
    }

    /** A figure and what it means, as the report itself says it. */
    record Figure(String name, String value) {}

    /**
     * Whether somebody stands out.
     *
     * @param k size of the smallest group of patients who look alike; 0 where that is not known
     * @param patients how many were looked at
     * @param alone whom nobody looks like
     * @param losses for a wished k, how many patients would have to be left out
     * @param suppressedTo the k that this build was made for; 0 for none
     * @param suppressed patients that it left out for that
     */
    record Standing(long k, long patients, long alone, List<Loss> losses, int suppressedTo, long suppressed) {

        /** Groups that are smaller are told to those who decide. */
        static final int WANTED = 5;

        /** Which sentence says what the smallest group means: none, alone, few or enough. */
        public String meaning() {
            return k == 0 ? "none" : k == 1 ? "alone" : k < WANTED ? "few" : "enough";
        }

        /** The smallest size that is wanted. */
        public int wanted() {
            return WANTED;
        }

        /** What may be chosen: sizes that are not reached yet. */
        public List<Loss> choices() {
            return losses.stream().filter(loss -> loss.k() > k && k > 0).toList();
        }
    }

    /** So many patients would have to be left out for this k. */
    record Loss(int k, long patients) {}

    /** A file: name, bytes, rows (-1 for none). */
    record FileLine(String name, long bytes, long rows) {}

    /** Reads a report for somebody of this language. */
    static ReportView of(JsonNode report, Locale locale) {
        List<Exclusion> exclusions = new ArrayList<>();
        for (JsonNode one : report.path("exclusions")) {
            String rule = one.path("rule").asString("");
            exclusions.add(new Exclusion(
                    ExclusionWords.stage(one.path("stage").asString(""), locale),
                    ExclusionWords.rule(rule, locale),
                    rule,
                    one.path("subject").asString(""),
                    one.path("count").asLong(0)));
        }
        List<PolicyLine> policies = new ArrayList<>();
        report.path("consent")
                .path("policies")
                .forEach(policy -> policies.add(PolicyLine.of(policy.asString(""), locale)));
        List<FileLine> files = new ArrayList<>();
        for (JsonNode file : report.path("files")) {
            files.add(new FileLine(
                    file.path("name").asString(""),
                    file.path("bytes").asLong(0),
                    file.path("rows").asLong(-1)));
        }
        return new ReportView(
                report.path("patients").path("asked").asLong(0),
                report.path("patients").path("delivered").asLong(0),
                report.path("resources").path("read").asLong(0),
                report.path("resources").path("delivered").asLong(0),
                counts(report.path("groups")),
                exclusions,
                new Consent(
                        report.path("consent").path("rules").asString(""),
                        policies,
                        counts(report.path("consent").path("refused")).stream()
                                .map(refused -> new Count(ExclusionWords.rule(refused.name(), locale), refused.count()))
                                .toList()),
                figures(report.path("risk")),
                standing(report.path("standing")),
                counts(report.path("deidentified")),
                files);
    }

    private static Standing standing(JsonNode node) {
        List<Loss> losses = new ArrayList<>();
        node.path("losses")
                .properties()
                .forEach(entry -> losses.add(new Loss(
                        Integer.parseInt(entry.getKey()), entry.getValue().asLong(0))));
        // jsonb does not keep the order of names
        losses.sort(Comparator.comparingInt(Loss::k));
        return new Standing(
                node.path("k").asLong(0),
                node.path("patients").asLong(0),
                node.path("alone").asLong(0),
                losses,
                node.path("suppressed").path("k").asInt(0),
                node.path("suppressed").path("patients").asLong(0));
    }

    private static List<Count> counts(JsonNode object) {
        List<Count> counts = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            counts.add(new Count(entry.getKey(), entry.getValue().asLong(0)));
        }
        return counts;
    }

    private static List<Figure> figures(JsonNode object) {
        List<Figure> figures = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            figures.add(new Figure(entry.getKey(), entry.getValue().asString("")));
        }
        return figures;
    }
}
