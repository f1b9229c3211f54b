package allmende.core.disclosure;

import allmende.core.cohort.Problem;
import allmende.core.disclosure.CountReport.Cell;
import allmende.core.disclosure.CountReport.Leaf;
import allmende.core.disclosure.CountReport.Privacy;
import allmende.core.disclosure.CountReport.Step;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Answers of sites as JSON, for the way to the portal. */
public final class SiteAnswerJson {

    private SiteAnswerJson() {}

    /** Writes an answer. */
    public static ObjectNode write(SiteAnswer answer) {
        ObjectNode json = Fields.object();
        switch (answer) {
            case SiteAnswer.Counted(CountReport report) -> {
                json.put("answer", "counted");
                report(report, json.putObject("report"));
            }
            case SiteAnswer.Unanswerable(List<Problem> problems) -> {
                json.put("answer", "unanswerable");
                ArrayNode list = json.putArray("problems");
                for (Problem problem : problems) {
                    ObjectNode one = list.addObject();
                    one.put("pointer", problem.pointer());
                    one.put("code", problem.code().key());
                    problem.arguments().forEach(one.putArray("arguments")::add);
                    one.put("message", problem.message());
                }
            }
            case SiteAnswer.Refused(Refusal refusal) -> {
                json.put("answer", "refused");
                json.put("reason", refusal.reason().name());
                Instant retryAfter = refusal.retryAfter();
                if (retryAfter != null) {
                    json.put("retryAfter", retryAfter.toString());
                }
            }
            case SiteAnswer.Failed(String code) -> json.put("answer", "failed").put("code", code);
            case SiteAnswer.TimedOut() -> json.put("answer", "timed-out");
        }
        return json;
    }

    private static void report(CountReport report, ObjectNode json) {
        json.set("total", disclosed(report.total()));
        steps(report.inclusion(), json.putArray("inclusion"));
        steps(report.exclusion(), json.putArray("exclusion"));
        ArrayNode cells = json.putArray("distribution");
        for (Cell cell : report.distribution()) {
            ObjectNode item = cells.addObject();
            item.put("ageFrom", cell.ageFrom());
            Integer ageTo = cell.ageTo();
            if (ageTo != null) {
                item.put("ageTo", ageTo);
            }
            item.put("sex", cell.sex());
            item.set("patients", disclosed(cell.patients()));
        }
        json.put("t", report.t());
        Privacy privacy = report.privacy();
        json.putObject("privacy")
                .put("epsilon", privacy.epsilon())
                .put("charged", privacy.charged())
                .put("remaining", privacy.remaining())
                .put("capacity", privacy.capacity())
                .put("refillDays", privacy.refillDays())
                .put("minimum", privacy.minimum());
    }

    private static void steps(List<Step> steps, ArrayNode json) {
        for (Step step : steps) {
            ObjectNode item = json.addObject();
            item.set("remaining", disclosed(step.remaining()));
            ArrayNode criteria = item.putArray("criteria");
            for (Leaf leaf : step.criteria()) {
                criteria.addObject().put("pointer", leaf.pointer()).set("patients", disclosed(leaf.patients()));
            }
        }
    }

    private static ObjectNode disclosed(Disclosed number) {
        ObjectNode json = Fields.object();
        return switch (number) {
            case Disclosed.Counted(long value, long plusMinus) ->
                json.put("count", value).put("plusMinus", plusMinus);
            case Disclosed.Zero() -> json.put("zero", true);
            case Disclosed.Few(long below) -> json.put("fewerThan", below);
            case Disclosed.Withheld(Disclosed.Reason reason) -> json.put("withheld", reason.name());
        };
    }

    /** Reads an answer that came from a site: whatever is no answer is refused, with where and why. */
    public static RulesRead<SiteAnswer> read(JsonNode json) {
        return Fields.read(json, SiteAnswerReader::answer);
    }
}
