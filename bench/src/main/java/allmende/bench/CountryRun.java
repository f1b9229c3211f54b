package allmende.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Asks a country as a person in a browser does: from the click on the button until the page shows every site's numbers.
 * Arguments: the country's folder, the number of sites, the number of questions.
 */
final class CountryRun {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern NEXT = Pattern.compile("hx-get=\"([^\"]+)\"");
    private static final Pattern NOT_COUNTED =
            Pattern.compile("wb-site--(unanswerable|refused|failed|timed-out|pending)");
    private static final Map<String, String> PART = Map.of("HX-Request", "true");

    /** Frequent diagnoses; each question leaves out another one, so that no two are the same. */
    private static final List<String> EXCLUDED = List.of("A00", "B15", "C50", "D50", "E11", "F32", "G40", "H25", "I10");

    private CountryRun() {}

    /** Prints {@code warmMillis} and {@code millis} (each question's, by blanks), {@code cpuMillis} of a question, {@code publishedSeconds} and {@code memoryMiB}. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int questions = Integer.parseInt(arguments[2]);
        long start = System.nanoTime();
        try (BenchCountry country = BenchCountry.start(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
                PortalVisitor visitor = country.visitor()) {
            System.out.println("startSeconds=" + LoadRun.seconds(start));
            String first = visitor.save(question(0));
            country.awaitStatistics(visitor, first);
            System.out.println("publishedSeconds=" + LoadRun.seconds(start));
            List<String> warm = new ArrayList<>();
            List<String> millis = new ArrayList<>();
            int distinct = Question.all().size();
            Duration before = Duration.ZERO;
            for (int i = 0; i < distinct + questions; i++) {
                if (i == distinct) {
                    before = processorTime();
                }
                (i < distinct ? warm : millis).add(ask(visitor, visitor.save(question(i))));
            }
            System.out.println("cpuMillis="
                    + processorTime().minus(before).dividedBy(questions).toMillis());
            System.out.println("warmMillis=" + String.join(" ", warm));
            System.out.println("millis=" + String.join(" ", millis));
            System.out.println("memoryMiB=" + StatisticsRun.peakMebibytes());
        }
        System.exit(0);
    }

    private static Duration processorTime() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** The shipped questions in turn, each time without the patients of another diagnosis. */
    private static byte[] question(int number) {
        List<Question> all = Question.all();
        ObjectNode query =
                (ObjectNode) JSON.readTree(all.get(number % all.size()).document());
        String code = EXCLUDED.get(number / all.size() % EXCLUDED.size());
        ObjectNode criterion = JSON.createObjectNode();
        criterion.putObject("context").put("system", "fdpg.mii.cds").put("code", "Diagnose");
        criterion
                .putArray("termCodes")
                .addObject()
                .put("system", "http://fhir.de/CodeSystem/bfarm/icd-10-gm")
                .put("code", code)
                .put("display", code);
        query.withArray("/exclusionCriteria").addArray().add(criterion);
        return JSON.writeValueAsBytes(query);
    }

    private static String ask(PortalVisitor visitor, String question) throws IOException, InterruptedException {
        PortalVisitor.Page editor = visitor.open(question, Map.of());
        long start = System.nanoTime();
        PortalVisitor.Page page =
                visitor.send(question + "/ask", editor, Map.of("revision", editor.revision()), Map.of());
        var next = NEXT.matcher(page.html());
        while (next.find()) {
            page = visitor.open(next.group(1), PART);
            next = NEXT.matcher(page.html());
        }
        double millis = (System.nanoTime() - start) / 1e6;
        if (NOT_COUNTED.matcher(page.html()).find()) {
            throw new BenchFailure("Not every site has counted: " + page.html());
        }
        return Double.toString(millis);
    }
}
