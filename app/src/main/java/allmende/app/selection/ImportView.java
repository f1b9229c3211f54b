package allmende.app.selection;

import allmende.app.web.PointerLines;
import allmende.core.cohort.Problem;
import allmende.core.cohort.ProblemText;
import allmende.core.document.Difference;
import allmende.core.document.Remark;
import allmende.core.document.Side;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * What the page shows of a file before it is kept.
 *
 * @param kind of the file, ending of a message key
 * @param version as the file gives it; empty where it does not
 * @param name proposed for the question; empty where the file has no title
 * @param criteria number of criteria
 * @param groups number of kinds of data
 * @param sentence the cohort in words; empty where it can't be answered
 * @param remarks what is worth knowing
 * @param problems why it can't be answered as it is
 * @param differences what the newest form changes
 */
record ImportView(
        String kind,
        String version,
        String name,
        int criteria,
        int groups,
        String sentence,
        List<Remarked> remarks,
        List<At> problems,
        List<Changed> differences) {

    /** A sentence about a place; the line is 0 where it is not known. */
    record At(int line, String pointer, String message) {

        static At of(Problem problem, PointerLines lines, Locale locale) {
            int line = lines.broken()
                    ? lines.lastLine()
                    : lines.line(problem.pointer()).orElse(0);
            return new At(line, problem.pointer(), ProblemText.of(problem, locale));
        }
    }

    /** A remark about a place. */
    record Remarked(int line, String pointer, String key, String subject) {}

    /** A place before and after. */
    record Changed(String pointer, String before, String after, String key) {}

    static ImportView of(FileRead.Understood read, String sentence, PointerLines lines, Locale locale) {
        var cohort = read.document().cohort();
        int criteria = 0;
        for (Side side : Side.values()) {
            for (int group = 0; group < cohort.groups(side); group++) {
                criteria += cohort.criteria(side, group);
            }
        }
        return new ImportView(
                read.kind().name().toLowerCase(Locale.ROOT),
                read.version(),
                read.document().display(),
                criteria,
                read.document().groups().size(),
                sentence,
                read.remarks().stream().map(remark -> remarked(remark, lines)).toList(),
                read.problems().stream()
                        .map(problem -> At.of(problem, lines, locale))
                        .toList(),
                read.newest().differences().stream().map(ImportView::changed).toList());
    }

    private static Remarked remarked(Remark remark, PointerLines lines) {
        return new Remarked(
                lines.line(remark.pointer()).orElse(0), remark.pointer(), key(remark.kind()), remark.subject());
    }

    private static Changed changed(Difference difference) {
        return new Changed(
                difference.pointer(),
                Objects.requireNonNullElse(difference.before(), "–"),
                Objects.requireNonNullElse(difference.after(), "–"),
                key(difference.reason()));
    }

    private static String key(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
