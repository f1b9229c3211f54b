package allmende.bench;

import allmende.core.cohort.Catalogues;
import allmende.core.cohort.CcdlReader;
import allmende.engine.count.CohortCounter;
import allmende.engine.count.CountAnswer;
import allmende.engine.index.CohortIndex;
import allmende.synth.SyntheticHospital;
import java.nio.file.Path;

/**
 * Counts one question in a process that has counted nothing before. Arguments: the folder that has the index in {@code facts}, and the question.
 * The index is open when the clock starts, as it is in a site that has just become ready; reading the query counts.
 */
final class CountRun {

    private CountRun() {}

    /** Prints {@code millis}, {@code count} and {@code funnel}. */
    public static void main(String[] arguments) {
        Path data = Path.of(arguments[0]);
        Question question = Question.all().stream()
                .filter(candidate -> candidate.file().equals(arguments[1]))
                .findFirst()
                .orElseThrow(() -> new BenchFailure("No question " + arguments[1]));
        try (CohortIndex index = LoadRun.open(data, data.resolve("facts"), new EmptyStore())) {
            CohortCounter counter = new CohortCounter(index);
            CcdlReader reader = new CcdlReader(Catalogues.shipped());
            counter.prepare(); // as a site does before it says that it is ready
            long start = System.nanoTime();
            CountAnswer answer = counter.count(question.query(reader), SyntheticHospital.END_OF_OBSERVATION);
            System.out.println("millis=" + (System.nanoTime() - start) / 1e6);
            System.out.println("count=" + answer.count());
            System.out.println("funnel=" + answer.funnel());
        }
    }
}
