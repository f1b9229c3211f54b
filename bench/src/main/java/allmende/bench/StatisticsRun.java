package allmende.bench;

import allmende.core.disclosure.DisclosureRules;
import allmende.core.disclosure.NoiseKey;
import allmende.core.disclosure.PublishedStatistics;
import allmende.core.disclosure.PublishedStatisticsJson;
import allmende.core.disclosure.RawStatistics;
import allmende.core.disclosure.StatisticsGate;
import allmende.core.disclosure.Unreleased;
import allmende.core.fhir.FhirJson;
import allmende.engine.index.CohortIndex;
import allmende.engine.statistics.StatisticsCollector;
import allmende.synth.SyntheticHospital;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Map;
import java.util.Set;

/**
 * Collects and releases the statistics that a site publishes, over a generated index. Arguments: the folder of the index,
 * and a working folder.
 */
final class StatisticsRun {

    private StatisticsRun() {}

    /** Prints {@code seconds}, {@code heapMiB} (its peak), {@code memoryMiB} (of the whole process) and {@code bytes}. */
    public static void main(String[] arguments) throws IOException {
        DisclosureRules rules = DisclosureRules.DEFAULT;
        LocalDate today = SyntheticHospital.END_OF_OBSERVATION;
        EmptyStore store = new EmptyStore();
        try (CohortIndex index = LoadRun.open(Path.of(arguments[1]), Path.of(arguments[0]), store)) {
            long start = System.nanoTime();
            Unreleased<RawStatistics> raw = new StatisticsCollector(index, store).collect(rules.minimum(), today);
            System.out.println("collectSeconds=" + LoadRun.seconds(start));
            PublishedStatistics released = new StatisticsGate(rules, NoiseKey.of(new byte[NoiseKey.LENGTH]))
                    .release(raw, new StatisticsGate.About(YearMonth.from(today), Set.of(), Map.of()))
                    .content();
            byte[] body = FhirJson.write(PublishedStatisticsJson.write(released));
            System.out.println("seconds=" + LoadRun.seconds(start));
            System.out.println("bytes=" + body.length);
            System.out.println("heapMiB=" + LoadRun.peakHeapMebibytes());
            System.out.println("memoryMiB=" + peakMebibytes());
        }
    }

    /** The most memory that this process has had so far, all kinds together; -1 where the system does not tell. */
    static long peakMebibytes() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return -1;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) >> 10)
                .findFirst()
                .orElse(-1);
    }
}
