package allmende.app.feasibility;

import allmende.core.cohort.Funnel;
import allmende.core.cohort.ProblemText;
import allmende.engine.count.CountAnswer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The answer to a query as one JSON object: {@code count}, {@code t}, {@code millis} where measured, {@code funnel}
 * with {@code inclusion} and {@code exclusion} steps, {@code notes}. The command line and HTTP give the same one.
 */
public final class CountJson {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private CountJson() {}

    /** Builds the object; the sentences of its notes are in the language of the locale. */
    public static ObjectNode of(CountAnswer answer, @Nullable Duration took, Locale locale) {
        ObjectNode root = JSON.createObjectNode();
        root.put("count", answer.count());
        root.put("t", answer.t());
        if (took != null) {
            root.put("millis", took.toMillis());
        }
        ObjectNode funnel = root.putObject("funnel");
        steps(funnel.putArray("inclusion"), answer.funnel().inclusion());
        steps(funnel.putArray("exclusion"), answer.funnel().exclusion());
        ArrayNode notes = root.putArray("notes");
        for (CountAnswer.Note note : answer.notes()) {
            ObjectNode node = notes.addObject();
            node.put("pointer", note.pointer());
            node.put("code", note.code().key());
            note.arguments().forEach(node.putArray("arguments")::add);
            node.put("message", ProblemText.of(note.code(), note.arguments(), note.message(), locale));
        }
        return root;
    }

    private static void steps(ArrayNode to, List<Funnel.Step> steps) {
        for (Funnel.Step step : steps) {
            ObjectNode node = to.addObject();
            node.put("count", step.count());
            node.put("remaining", step.remaining());
            ArrayNode criteria = node.putArray("criteria");
            step.criteria().forEach(leaf -> criteria.addObject()
                    .put("label", leaf.label())
                    .put("pointer", leaf.pointer())
                    .put("count", leaf.count()));
        }
    }
}
