package allmende.bench;

import allmende.core.deident.Deidentifier;
import allmende.core.deident.ProjectKey;
import allmende.core.deident.PseudonymSource;
import allmende.core.deident.RuleSet;
import allmende.core.fhir.FhirJson;
import allmende.core.fhir.PatientCompartment;
import allmende.core.fhir.ResourceKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * De-identifies the resources of generated patients, patient by patient, on one thread. Pseudonyms come from a function, so
 * that the engine alone is measured. Argument: a folder of NDJSON.
 */
final class DeidentRun {

    private static final int RUNS = 5;
    private static final int WARM = 3;
    private static final int MOST = 60_000;

    private DeidentRun() {}

    /** Prints, for each shipped rule set and for {@code whole}, resources per second of each run after the warm ones. */
    public static void main(String[] arguments) throws IOException {
        Map<String, List<byte[]>> lines = lines(Path.of(arguments[0]));
        int resources = lines.values().stream().mapToInt(List::size).sum();
        System.out.println("resources=" + resources);
        for (String name : RuleSet.shippedNames()) {
            Deidentifier deidentifier = deidentifier(name);
            Map<String, List<ObjectNode>> parsed = new LinkedHashMap<>();
            lines.forEach((patient, list) -> parsed.put(patient, parsed(list)));
            System.out.println(name + "="
                    + rates(resources, () -> parsed.forEach((patient, list) -> deidentifier.apply(of(patient), list))));
        }
        Deidentifier deidentifier = deidentifier(RuleSet.shippedNames().getFirst());
        System.out.println("whole="
                + rates(
                        resources,
                        () -> lines.forEach((patient, list) ->
                                deidentifier.apply(of(patient), parsed(list)).forEach(FhirJson::write))));
    }

    private static String rates(int resources, Runnable run) {
        List<String> rates = new ArrayList<>();
        for (int i = 0; i < WARM + RUNS; i++) {
            long start = System.nanoTime();
            run.run();
            if (i >= WARM) {
                rates.add(String.format(Locale.ROOT, "%.0f", resources / LoadRun.seconds(start)));
            }
        }
        return String.join(" ", rates);
    }

    private static Deidentifier deidentifier(String rules) {
        PseudonymSource source = (domain, originals) -> originals.stream()
                .collect(Collectors.toMap(Function.identity(), original -> domain + original.hashCode()));
        return new Deidentifier(RuleSet.shipped(rules), ProjectKey.of(new byte[ProjectKey.LENGTH]), source);
    }

    private static @Nullable String of(String patient) {
        return patient.isEmpty() ? null : patient;
    }

    private static List<ObjectNode> parsed(List<byte[]> lines) {
        return lines.stream().map(line -> (ObjectNode) FhirJson.parse(line)).toList();
    }

    /** The resources by patient; under the empty name those of nobody. */
    private static Map<String, List<byte[]>> lines(Path folder) throws IOException {
        Map<String, List<byte[]>> byPatient = new LinkedHashMap<>();
        int count = 0;
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path file : walk.filter(Files::isRegularFile).sorted().toList()) {
                for (String line : Files.readAllLines(file)) {
                    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
                    ResourceKey patient = PatientCompartment.patientOf(FhirJson.parse(bytes));
                    if (count++ < MOST) {
                        byPatient
                                .computeIfAbsent(patient == null ? "" : patient.id(), _ -> new ArrayList<>())
                                .add(bytes);
                    }
                }
            }
        }
        return byPatient;
    }
}
