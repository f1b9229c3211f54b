package allmende.bench;

import allmende.app.keys.KeyVault;
import allmende.app.pseudonyms.NewDomain;
import allmende.app.pseudonyms.PseudonymService;
import allmende.app.site.SiteLocation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * New pseudonyms in bulk, each durable. Arguments: an empty data folder, how many at once, how many times. The first time
 * warms up and is not told.
 */
final class PseudonymRun {

    private static final double NANOS = 1e9;
    private static final String DOMAIN = "bench";

    private PseudonymRun() {}

    /** Prints {@code made}, {@code known}, each a list of pseudonyms per second, and {@code single} in ms. */
    public static void main(String[] arguments) throws Exception {
        Path data = Files.createDirectories(Path.of(arguments[0]));
        int atOnce = Integer.parseInt(arguments[1]);
        int times = Integer.parseInt(arguments[2]);
        List<Double> made = new ArrayList<>();
        List<Double> known = new ArrayList<>();
        List<Double> single = new ArrayList<>();
        try (PseudonymService service = PseudonymService.at(
                SiteLocation.embedded(data), KeyVault.open(data, Map.of()), InstantSource.system())) {
            service.add(NewDomain.usual(DOMAIN), "bench");
            Set<String> all = new HashSet<>();
            for (int time = 0; time <= times; time++) {
                Set<String> originals = new HashSet<>();
                for (int i = 0; i < atOnce; i++) {
                    originals.add("patient-" + time + "-" + i);
                }
                long begin = System.nanoTime();
                Map<String, String> pseudonyms = service.pseudonyms(DOMAIN, originals);
                long end = System.nanoTime();
                Map<String, String> again = service.pseudonyms(DOMAIN, originals);
                long read = System.nanoTime();
                all.addAll(pseudonyms.values());
                if (!again.equals(pseudonyms) || all.size() != (time + 1) * atOnce) {
                    throw new BenchFailure("A pseudonym changed, or two originals share one");
                }
                if (time > 0) {
                    made.add(atOnce / ((end - begin) / NANOS));
                    known.add(atOnce / ((read - end) / NANOS));
                }
            }
            for (int i = 0; i < 300; i++) {
                long begin = System.nanoTime();
                service.pseudonyms(DOMAIN, Set.of("single-" + i));
                single.add((System.nanoTime() - begin) / 1e6);
            }
        }
        print("made", made);
        print("known", known);
        print("single", single.subList(100, 300));
    }

    private static void print(String name, List<Double> values) {
        System.out.println(name + "="
                + values.stream()
                        .map(value -> String.format(Locale.ROOT, "%.3f", value))
                        .collect(Collectors.joining(" ")));
    }
}
