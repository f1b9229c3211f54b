package allmende.engine.search;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Reads the definitions of search parameters: those of the standard, and those of SearchParameter resources. */
public final class ParamDefinitions {

    private static final String BASE = "http://hl7.org/fhir/SearchParameter/";
    private static final String STANDARD = "/allmende/search/parameters.tsv";

    private ParamDefinitions() {}

    /** Those of FHIR R4 itself, but for {@code _text}, {@code _content}, {@code _query} and {@code near}. */
    public static List<ParamDefinition> standard() {
        return lines(STANDARD).stream().map(ParamDefinitions::line).toList();
    }

    /** The lines of a table that belongs to the program, without its comment. */
    static List<String> lines(String resource) {
        InputStream bytes = ParamDefinitions.class.getResourceAsStream(resource);
        if (bytes == null) {
            throw new IllegalStateException("the class path lacks " + resource);
        }
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8))) {
            return reader.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ParamDefinition line(String line) {
        String[] cells = line.split("\t", -1);
        List<ParamDefinition.Component> components = new ArrayList<>();
        for (String component : words(cells[6], " ; ")) {
            int blank = component.indexOf(' ');
            components.add(new ParamDefinition.Component(
                    BASE + component.substring(0, blank), component.substring(blank + 1)));
        }
        Set<String> targets = words(cells[4], " ");
        return new ParamDefinition(
                BASE + cells[0],
                cells[1],
                ParamType.of(cells[2]).orElseThrow(),
                words(cells[3], " "),
                targets.contains("Resource") ? Set.of() : targets,
                cells[5],
                components);
    }

    private static Set<String> words(String cell, String separator) {
        return cell.isEmpty() ? Set.of() : Arrays.stream(cell.split(separator)).collect(Collectors.toSet());
    }

    /** The definition in a SearchParameter resource; empty where it has no expression or is of a special type. */
    public static Optional<ParamDefinition> of(JsonNode resource) {
        Optional<ParamType> type = ParamType.of(resource.path("type").stringValue(""));
        String url = resource.path("url").stringValue("");
        String code = resource.path("code").stringValue("");
        String expression = resource.path("expression").stringValue("");
        if (type.isEmpty() || url.isEmpty() || code.isEmpty() || expression.isBlank()) {
            return Optional.empty();
        }
        List<ParamDefinition.Component> components = new ArrayList<>();
        for (JsonNode component : resource.path("component").values()) {
            components.add(new ParamDefinition.Component(
                    component.path("definition").stringValue(""),
                    component.path("expression").stringValue("")));
        }
        return Optional.of(new ParamDefinition(
                url,
                code,
                type.get(),
                texts(resource.path("base")),
                texts(resource.path("target")),
                expression,
                components));
    }

    private static Set<String> texts(JsonNode array) {
        return array.values().stream().map(node -> node.stringValue("")).collect(Collectors.toSet());
    }
}
