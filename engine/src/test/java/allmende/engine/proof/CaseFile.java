package allmende.engine.proof;

import allmende.core.fhir.ResourceKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/**
 * A plain-text file of cases: a hospital, and questions with their answers. The format is told in the README beside the
 * files.
 *
 * @param name the file's name
 * @param transactions what is written before the questions are asked
 */
record CaseFile(String name, List<List<World.Write>> transactions, List<Case> cases) {

    private static final String HEADING = "== ";

    /**
     * One question.
     *
     * @param fields text by the word before the colon; {@code query} is the CCDL document
     */
    record Case(String title, Map<String, String> fields) {

        byte[] query() {
            return field("query").getBytes(StandardCharsets.UTF_8);
        }

        LocalDate today() {
            return LocalDate.parse(fields.getOrDefault("today", "2024-06-15").strip());
        }

        boolean has(String field) {
            return fields.containsKey(field);
        }

        String field(String name) {
            String text = fields.get(name);
            if (text == null) {
                throw new IllegalStateException("Case '" + title + "' has no line '" + name + ":'");
            }
            return text.strip();
        }

        /** A field that lists words. */
        List<String> words(String name) {
            return Stream.of(field(name).split("\\s+"))
                    .filter(word -> !word.isEmpty())
                    .toList();
        }

        TreeSet<String> patients() {
            return new TreeSet<>(words("patients"));
        }
    }

    static List<CaseFile> all(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            List<CaseFile> read = new ArrayList<>();
            for (Path file : files.filter(path -> path.toString().endsWith(".case"))
                    .sorted()
                    .toList()) {
                read.add(read(file.getFileName().toString(), Files.readAllLines(file)));
            }
            return read;
        }
    }

    static CaseFile read(String name, List<String> lines) {
        List<List<World.Write>> transactions = new ArrayList<>(List.of(new ArrayList<>()));
        List<Case> cases = new ArrayList<>();
        String heading = "";
        String field = "";
        for (String line : lines) {
            if (line.startsWith("#") || line.isBlank()) {
                continue;
            }
            if (line.startsWith(HEADING)) {
                heading = line.substring(HEADING.length()).strip();
                if (!heading.equals("resources") && !heading.equals("then")) {
                    cases.add(new Case(heading, new LinkedHashMap<>()));
                } else if (heading.equals("then")) {
                    transactions.add(new ArrayList<>());
                }
            } else if (heading.equals("resources") || heading.equals("then")) {
                transactions.getLast().add(write(line.strip()));
            } else if (line.matches("[a-z]+:.*")) {
                field = line.substring(0, line.indexOf(':'));
                cases.getLast().fields().put(field, line.substring(line.indexOf(':') + 1));
            } else {
                cases.getLast().fields().merge(field, line, (before, more) -> before + "\n" + more);
            }
        }
        return new CaseFile(name, transactions, cases);
    }

    private static World.Write write(String line) {
        if (line.startsWith("delete ")) {
            String[] key = line.substring("delete ".length()).split("/");
            return new World.Write(new ResourceKey(key[0], key[1]), null);
        }
        ObjectNode body = (ObjectNode) Json.read(line);
        return new World.Write(
                new ResourceKey(
                        body.get("resourceType").asString(), body.get("id").asString()),
                body);
    }

    @Override
    public String toString() {
        return name + cases.stream().map(Case::title).collect(Collectors.joining(", ", " (", ")"));
    }
}
