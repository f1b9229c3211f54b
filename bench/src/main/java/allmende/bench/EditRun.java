package allmende.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Edits questions in the editor of a country's portal, as htmx does: each answer is the editor with a new estimate.
 * Arguments: the country's folder, the number of sites, how often.
 */
final class EditRun {

    private static final int WARM_UPS = 20;

    /** The criteria of so many questions, the first ones, need no value. */
    private static final int PLAIN = 4;

    private static final Map<String, String> PART = Map.of("HX-Request", "true");
    private static final String CRITERION = "inclusion-0-0";

    private final PortalVisitor visitor;
    private final String question;
    private final List<String> millis = new ArrayList<>();
    private PortalVisitor.Page page;

    private EditRun(PortalVisitor visitor, String question, PortalVisitor.Page page) {
        this.visitor = visitor;
        this.question = question;
        this.page = page;
    }

    /** Prints {@code edits} and {@code filters} in milliseconds, by blanks. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int rounds = Integer.parseInt(arguments[2]);
        try (BenchCountry country = BenchCountry.start(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
                PortalVisitor visitor = country.visitor()) {
            List<String> edits = new ArrayList<>();
            List<String> filters = new ArrayList<>();
            for (Question each : Question.all()) {
                String question = visitor.save(each.document());
                country.awaitStatistics(visitor, question);
                EditRun run = new EditRun(visitor, question, visitor.open(question, Map.of()));
                edits.addAll(run.edits(rounds));
                if (filters.size() < PLAIN * rounds) {
                    filters.addAll(run.filters(rounds));
                }
            }
            System.out.println("edits=" + String.join(" ", edits));
            System.out.println("filters=" + String.join(" ", filters));
        }
        System.exit(0);
    }

    /** Doubles a criterion, takes that back, does it again, and removes it. */
    private List<String> edits(int rounds) throws IOException, InterruptedException {
        for (int round = 0; round < WARM_UPS + rounds; round++) {
            if (round == WARM_UPS) {
                millis.clear();
            }
            edit("duplicate", Map.of("spot", CRITERION));
            edit("undo", Map.of());
            edit("redo", Map.of());
            edit("remove", Map.of("spot", CRITERION));
        }
        return taken();
    }

    private void edit(String what, Map<String, String> fields) throws IOException, InterruptedException {
        send("/edit/" + what, fields, PART);
    }

    /** Sends the form of a criterion, with another time each time; the answer is the whole page of the editor. */
    private List<String> filters(int rounds) throws IOException, InterruptedException {
        for (int round = 0; round < rounds; round++) {
            page = visitor.open(question + "/criterion/" + CRITERION, Map.of());
            send("/criterion/" + CRITERION, Map.of("kind", "none", "from", (2015 + round % 9) + "-01-01"), Map.of());
        }
        return taken();
    }

    private void send(String path, Map<String, String> fields, Map<String, String> headers)
            throws IOException, InterruptedException {
        Map<String, String> all = new HashMap<>(fields);
        all.put("revision", page.revision());
        long start = System.nanoTime();
        PortalVisitor.Page next = visitor.send(question + path, page, all, headers);
        millis.add(String.format(Locale.ROOT, "%.2f", (System.nanoTime() - start) / 1e6));
        if (!next.html().contains("wb-estimate__likely")) {
            throw new BenchFailure(path + " leads to no estimate: " + next.html());
        }
        page = next;
    }

    private List<String> taken() {
        List<String> taken = List.copyOf(millis);
        millis.clear();
        return taken;
    }
}
