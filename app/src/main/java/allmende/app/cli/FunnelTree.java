package allmende.app.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Prints an answer as a small tree:
 *
 * <pre>
 * 129 patients (snapshot t = 17, 12 ms)
 *                                    by itself   remaining
 * ├─ and      Sex: female                2,511       2,511
 * ├─ and      at least one of              420         133
 * │             ACE inhibitors             301
 * │             ACE inhibitors, ordered    220
 * └─ without  Dialysis                      44         129
 * </pre>
 */
final class FunnelTree {

    private static final int LABEL_MAX_CHARACTERS = 72;

    private FunnelTree() {}

    private record Line(String head, String alone, String remaining) {}

    static void print(JsonNode answer, PrintWriter out) {
        String took = answer.has("millis") ? ", " + answer.get("millis").asLong() + " ms" : "";
        out.println(Text.counted(answer.path("count").asLong(), "patient", "patients") + "  (snapshot t = "
                + answer.path("t").asLong() + took + ")");
        List<Line> lines = lines(answer.path("funnel"));
        lines.addFirst(new Line("", "by itself", "remaining"));
        int head = width(lines.stream().map(Line::head).toList());
        int alone = width(lines.stream().map(Line::alone).toList());
        int remaining = width(lines.stream().map(Line::remaining).toList());
        for (Line line : lines) {
            String text = line.head() + " ".repeat(head - line.head().length() + 2)
                    + " ".repeat(alone - line.alone().length()) + line.alone() + "  "
                    + " ".repeat(remaining - line.remaining().length()) + line.remaining();
            out.println(text.stripTrailing());
        }
        for (JsonNode note : answer.path("notes")) {
            out.println("Note " + note.path("pointer").asString("") + ": "
                    + note.path("message").asString(""));
        }
    }

    private static List<Line> lines(JsonNode funnel) {
        List<Line> lines = new ArrayList<>();
        int steps = funnel.path("inclusion").size() + funnel.path("exclusion").size();
        int step = 0;
        for (JsonNode inclusion : funnel.path("inclusion")) {
            step(inclusion, "and      ", "at least one of", ++step == steps, lines);
        }
        for (JsonNode exclusion : funnel.path("exclusion")) {
            step(exclusion, "without  ", "all together of", ++step == steps, lines);
        }
        return lines;
    }

    private static void step(JsonNode step, String operator, String group, boolean last, List<Line> to) {
        JsonNode criteria = step.path("criteria");
        String branch = last ? "└─ " : "├─ ";
        boolean single = criteria.size() == 1;
        String label = single ? label(criteria.get(0)) : group;
        to.add(new Line(
                branch + operator + label,
                Text.number(step.path("count").asLong()),
                Text.number(step.path("remaining").asLong())));
        if (!single) {
            String indent = (last ? " " : "│") + " ".repeat(branch.length() - 1 + operator.length() + 1);
            for (JsonNode criterion : criteria) {
                to.add(new Line(
                        indent + label(criterion),
                        Text.number(criterion.path("count").asLong()),
                        ""));
            }
        }
    }

    private static String label(JsonNode criterion) {
        String label = criterion.path("label").asString("");
        return label.length() <= LABEL_MAX_CHARACTERS ? label : label.substring(0, LABEL_MAX_CHARACTERS - 1) + "…";
    }

    private static int width(List<String> texts) {
        return texts.stream().mapToInt(String::length).max().orElse(0);
    }
}
