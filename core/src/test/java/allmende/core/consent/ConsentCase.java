package allmende.core.consent;

import allmende.core.consent.SampleConsent.Period;
import allmende.core.consent.SampleConsent.Provision;
import allmende.core.fhir.FhirJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One case of a case file: what a patient declared, a question, the answer. The README beside the files tells the form. */
final class ConsentCase {

    final String title;
    final List<JsonNode> consents = new ArrayList<>();
    final List<JsonNode> encounters = new ArrayList<>();
    /** Lines that say what must come out. */
    final List<String> answers = new ArrayList<>();

    private LocalDate day = LocalDate.of(2024, 6, 15);
    private Rules rules = Rules.ALLMENDE;
    private final TreeSet<String> policies =
            new TreeSet<>(List.of(Policy.code(Policy.COLLECT), Policy.code(Policy.USE)));
    private @Nullable SampleConsent open;

    private ConsentCase(String title) {
        this.title = title;
    }

    LocalDate day() {
        return day;
    }

    ConsentRequest request() {
        return new ConsentRequest(policies, day, rules);
    }

    static List<ConsentCase> all(Path directory) throws IOException {
        List<ConsentCase> cases = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".case"))
                    .sorted()
                    .toList()) {
                cases.addAll(read(Files.readAllLines(file, StandardCharsets.UTF_8)));
            }
        }
        return cases;
    }

    private static List<ConsentCase> read(List<String> lines) {
        List<ConsentCase> cases = new ArrayList<>();
        for (String line : lines) {
            if (line.startsWith("== ")) {
                cases.add(new ConsentCase(line.substring(3)));
            } else if (!line.isBlank() && !line.startsWith("#")) {
                cases.getLast().take(line);
            }
        }
        cases.forEach(ConsentCase::close);
        return cases;
    }

    private void take(String line) {
        List<String> words = Arrays.asList(line.strip().split("\\s+"));
        if (line.startsWith("  ")) {
            provision(words);
            return;
        }
        close();
        switch (words.getFirst()) {
            case "day" -> day = LocalDate.parse(words.get(1));
            case "rules" -> rules = Rules.valueOf(words.get(1));
            case "asks" -> {
                policies.clear();
                words.stream().skip(1).forEach(number -> policies.add(Policy.code(Integer.parseInt(number))));
            }
            case "consent" -> consent(words);
            case "json" -> consents.add(FhirJson.parse(line.substring(5).getBytes(StandardCharsets.UTF_8)));
            case "stay" -> encounters.add(stay(words.get(1)));
            default -> answers.add(line.strip());
        }
    }

    private void consent(List<String> words) {
        List<String> rest = words.subList(2, words.size());
        open = new SampleConsent(
                "c" + consents.size(),
                rest.isEmpty()
                                || rest.getFirst().equals("consent-status")
                                || rest.getFirst().equals("policy")
                        ? "active"
                        : rest.getFirst(),
                words.get(1).equals("undated") ? null : words.get(1),
                rest.contains("consent-status") ? "consent-status" : rest.contains("policy") ? "policy" : null,
                "deny",
                null,
                new ArrayList<>());
    }

    private void provision(List<String> words) {
        SampleConsent consent = java.util.Objects.requireNonNull(open);
        Period period = words.getLast().contains("..") ? period(words.getLast()) : null;
        List<String> codes = words.subList(1, words.size() - (period == null ? 0 : 1));
        if (words.getFirst().equals("outer")) {
            open = new SampleConsent(
                    consent.id(),
                    consent.status(),
                    consent.signed(),
                    consent.form(),
                    codes.getFirst(),
                    period,
                    consent.provisions());
        } else {
            consent.provisions().add(new Provision(words.getFirst(), List.copyOf(codes), period));
        }
    }

    private void close() {
        if (open != null) {
            consents.add(open.json());
            open = null;
        }
    }

    private static Period period(String text) {
        String[] bounds = text.split("\\.\\.", -1);
        return new Period(bounds[0].isEmpty() ? null : bounds[0], bounds[1].isEmpty() ? null : bounds[1]);
    }

    private static JsonNode stay(String text) {
        Period period = period(text);
        ObjectNode encounter = FhirJson.mapper().createObjectNode();
        encounter.put("resourceType", "Encounter").put("id", "e").put("status", "finished");
        encounter
                .putObject("meta")
                .putArray("profile")
                .add("https://www.medizininformatik-initiative.de/fhir/core/modul-fall/StructureDefinition/"
                        + "KontaktGesundheitseinrichtung");
        ObjectNode node = encounter.putObject("period");
        if (period.start() != null) {
            node.put("start", period.start());
        }
        if (period.end() != null) {
            node.put("end", period.end());
        }
        return encounter;
    }

    /** The resource that an answer's line speaks of: its type and its time, as {@code Encounter 2020-01-01..}. */
    static JsonNode resource(String type, String time) {
        ObjectNode resource = FhirJson.mapper().createObjectNode();
        resource.put("resourceType", type).put("id", "r");
        if (time.equals("undated")) {
            return resource;
        }
        boolean span = time.contains("..");
        String element =
                switch (type) {
                    case "Condition" -> "recordedDate";
                    case "Encounter" -> "period";
                    case "Procedure" -> span ? "performedPeriod" : "performedDateTime";
                    case "MedicationRequest" -> "authoredOn";
                    default -> span ? "effectivePeriod" : "effectiveDateTime";
                };
        if (span) {
            Period period = period(time);
            ObjectNode node = resource.putObject(element);
            if (period.start() != null) {
                node.put("start", period.start());
            }
            if (period.end() != null) {
                node.put("end", period.end());
            }
        } else if (time.equals("daily")) {
            resource.putObject("effectiveTiming").putObject("repeat").put("frequency", 1);
        } else if (time.startsWith("at:")) {
            resource.putObject("effectiveTiming").putArray("event").add(time.substring(3));
        } else {
            resource.put(element, time);
        }
        return resource;
    }
}
