package allmende.core.disclosure;

import allmende.core.cohort.Problem;
import allmende.core.cohort.ProblemCode;
import allmende.core.disclosure.CountReport.Cell;
import allmende.core.disclosure.CountReport.Leaf;
import allmende.core.disclosure.CountReport.Privacy;
import allmende.core.disclosure.CountReport.Step;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads answers. What a site sends is not trusted: numbers have bounds, lists and texts have lengths. */
final class SiteAnswerReader {

    private static final long MOST_PATIENTS = 1_000_000_000L;
    private static final int MOST_ITEMS = 10_000;
    private static final int LONGEST_TEXT = 4_000;
    private static final int OLDEST = 200;
    private static final double MOST_EPSILON = 1_000_000;
    private static final int MOST_DAYS = 100_000;

    private SiteAnswerReader() {}

    static SiteAnswer answer(Fields json) {
        Fields kind = json.at("answer");
        return switch (kind.text()) {
            case "counted" -> {
                json.onlyKeys(Set.of("answer", "report"));
                yield new SiteAnswer.Counted(report(json.at("report")));
            }
            case "unanswerable" -> {
                json.onlyKeys(Set.of("answer", "problems"));
                yield unanswerable(json.at("problems"));
            }
            case "refused" -> {
                json.onlyKeys(Set.of("answer", "reason", "retryAfter"));
                yield new SiteAnswer.Refused(new Refusal(
                        json.at("reason").constant(Refusal.Reason.values()), instant(json.at("retryAfter"))));
            }
            case "failed" -> {
                json.onlyKeys(Set.of("answer", "code"));
                yield new SiteAnswer.Failed(code(json.at("code")));
            }
            case "timed-out" -> {
                json.onlyKeys(Set.of("answer"));
                yield new SiteAnswer.TimedOut();
            }
            default -> {
                kind.problem("An answer is counted, unanswerable, refused, failed or timed-out.");
                yield new SiteAnswer.TimedOut();
            }
        };
    }

    private static SiteAnswer unanswerable(Fields list) {
        List<Problem> problems =
                items(list).stream().map(SiteAnswerReader::problem).toList();
        if (problems.isEmpty()) {
            list.problem("At least one problem is needed.");
        }
        return new SiteAnswer.Unanswerable(problems);
    }

    /** A site of another version may have codes that are not known here: what it says in English then stays. */
    private static Problem problem(Fields json) {
        json.onlyKeys(Set.of("pointer", "code", "arguments", "message"));
        List<String> arguments = json.at("arguments").present()
                ? items(json.at("arguments")).stream()
                        .map(SiteAnswerReader::text)
                        .toList()
                : List.of();
        ProblemCode code = json.at("code").present() ? ProblemCode.ofKey(text(json.at("code"))) : ProblemCode.OTHER;
        return new Problem(text(json.at("pointer")), code, arguments, text(json.at("message")));
    }

    private static String code(Fields field) {
        String code = field.text();
        if (!code.matches("[a-z0-9-]{1,100}")) {
            field.problem("A code consists of lower-case letters, digits and hyphens.");
        }
        return code;
    }

    private static @Nullable Instant instant(Fields field) {
        if (!field.present()) {
            return null;
        }
        try {
            return Instant.parse(field.text());
        } catch (DateTimeException noInstant) {
            field.problem("This must be a time such as 2026-01-31T12:00:00Z.");
            return null;
        }
    }

    private static CountReport report(Fields json) {
        json.onlyKeys(Set.of("total", "inclusion", "exclusion", "distribution", "t", "privacy"));
        Disclosed total = disclosed(json.at("total"));
        List<Step> inclusion = steps(json.at("inclusion"));
        List<Step> exclusion = steps(json.at("exclusion"));
        checkFalling(json, inclusion, exclusion, total);
        return new CountReport(
                total,
                inclusion,
                exclusion,
                items(json.at("distribution")).stream()
                        .map(SiteAnswerReader::cell)
                        .toList(),
                json.at("t").whole(0, Long.MAX_VALUE),
                privacy(json.at("privacy")));
    }

    private static void checkFalling(Fields json, List<Step> inclusion, List<Step> exclusion, Disclosed total) {
        List<Disclosed> numbers = new ArrayList<>();
        inclusion.forEach(step -> numbers.add(step.remaining()));
        exclusion.forEach(step -> numbers.add(step.remaining()));
        numbers.add(total);
        long before = Long.MAX_VALUE;
        for (Disclosed number : numbers) {
            if (number instanceof Disclosed.Counted(long value, long plusMinus)) {
                if (value > before) {
                    json.problem("The numbers of patients who remain must only fall, down to the total.");
                    return;
                }
                before = value;
            }
        }
    }

    private static List<Step> steps(Fields list) {
        return items(list).stream()
                .map(item -> {
                    item.onlyKeys(Set.of("remaining", "criteria"));
                    return new Step(
                            disclosed(item.at("remaining")),
                            items(item.at("criteria")).stream()
                                    .map(SiteAnswerReader::leaf)
                                    .toList());
                })
                .toList();
    }

    private static Leaf leaf(Fields json) {
        json.onlyKeys(Set.of("pointer", "patients"));
        return new Leaf(text(json.at("pointer")), disclosed(json.at("patients")));
    }

    private static Cell cell(Fields json) {
        json.onlyKeys(Set.of("ageFrom", "ageTo", "sex", "patients"));
        int from = (int) json.at("ageFrom").whole(0, OLDEST);
        Integer to =
                json.at("ageTo").present() ? (Integer) (int) json.at("ageTo").whole(from, OLDEST) : null;
        String sex = json.at("sex").text();
        if (!Set.of("male", "female", "other", "unknown", "any").contains(sex)) {
            json.at("sex").problem("This must be male, female, other, unknown or any.");
        }
        return new Cell(from, to, sex, disclosed(json.at("patients")));
    }

    private static Privacy privacy(Fields json) {
        json.onlyKeys(Set.of("epsilon", "charged", "remaining", "capacity", "refillDays", "minimum"));
        return new Privacy(
                json.at("epsilon").number(0, MOST_EPSILON),
                json.at("charged").flag(),
                json.at("remaining").number(0, MOST_EPSILON),
                json.at("capacity").number(0, MOST_EPSILON),
                (int) json.at("refillDays").whole(1, MOST_DAYS),
                json.at("minimum").whole(1, MOST_PATIENTS));
    }

    private static Disclosed disclosed(Fields json) {
        Set<String> names = json.names();
        if (names.equals(Set.of("count", "plusMinus"))) {
            return new Disclosed.Counted(
                    json.at("count").whole(0, MOST_PATIENTS),
                    json.at("plusMinus").whole(0, MOST_PATIENTS));
        }
        if (names.equals(Set.of("fewerThan"))) {
            return new Disclosed.Few(json.at("fewerThan").whole(1, MOST_PATIENTS));
        }
        if (names.equals(Set.of("withheld"))) {
            return new Disclosed.Withheld(json.at("withheld").constant(Disclosed.Reason.values()));
        }
        if (!names.equals(Set.of("zero")) || !json.at("zero").flag()) {
            json.problem("This must be a count with plusMinus, or zero (true), fewerThan or withheld.");
        }
        return new Disclosed.Zero();
    }

    private static List<Fields> items(Fields list) {
        if (!list.present()) {
            list.problem("This list is missing.");
        }
        List<Fields> items = list.items();
        if (items.size() > MOST_ITEMS) {
            list.problem("At most " + MOST_ITEMS + " items are read.");
            return List.of();
        }
        return items;
    }

    private static String text(Fields field) {
        String text = field.text();
        if (text.length() > LONGEST_TEXT) {
            field.problem("At most " + LONGEST_TEXT + " characters are read.");
            return "";
        }
        return text;
    }
}
