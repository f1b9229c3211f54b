package allmende.core.terminology;

import allmende.core.fhir.FhirJson;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.ObjectReader;

/**
 * Reads the hierarchy of a FHIR CodeSystem (R4, JSON) as a stream, since the large ones have tens of megabytes. What
 * stands below what is taken from nesting and from the properties {@code parent} and {@code child}; other properties and
 * designations are passed over.
 */
public final class CodeSystemReader {

    /** The outcome of reading a code system. */
    public sealed interface Read {
        /** Its concepts are numbered. */
        record Usable(Terminology.CodeSystem system) implements Read {}

        /** It can't be used; the reason is a sentence for the operator. */
        record Unusable(String reason) implements Read {}
    }

    private final JsonParser parser;
    private final List<Draft> drafts = new ArrayList<>();
    private String type = "";
    private String uri = "";
    private String version = "";

    private CodeSystemReader(JsonParser parser) {
        this.parser = parser;
    }

    /**
     * Reads a code system to the end of the stream, which stays open.
     *
     * @param version the version to give it; null takes the document's own
     */
    public static Read read(InputStream json, @Nullable String version) {
        // read to the end, but left for the caller to close: it may be one file of an archive
        ObjectReader keepingOpen = FhirJson.mapper().reader().without(StreamReadFeature.AUTO_CLOSE_SOURCE);
        try (JsonParser parser = keepingOpen.createParser(json)) {
            CodeSystemReader reader = new CodeSystemReader(parser);
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return new Read.Unusable("not a JSON object");
            }
            reader.codeSystem();
            return reader.result(version);
        } catch (JacksonException problem) {
            var at = problem.getLocation();
            return new Read.Unusable(at == null ? "not JSON" : "not JSON, line " + at.getLineNr());
        }
    }

    private Read result(@Nullable String givenVersion) {
        if (!type.equals("CodeSystem")) {
            return new Read.Unusable("not a CodeSystem");
        }
        if (uri.isEmpty()) {
            return new Read.Unusable("a CodeSystem without url");
        }
        if (drafts.isEmpty()) {
            return new Read.Unusable("a CodeSystem without concepts");
        }
        return switch (Hierarchy.of(concepts())) {
            case Hierarchy.Built.Cycle(String code) -> new Read.Unusable("code " + code + " stands above itself");
            case Hierarchy.Built.Whole(Hierarchy hierarchy) ->
                new Read.Usable(
                        new Terminology.CodeSystem(uri, givenVersion == null ? version : givenVersion, hierarchy));
        };
    }

    private List<Hierarchy.Concept> concepts() {
        Map<String, Set<String>> parentsByChild = new HashMap<>();
        for (Draft draft : drafts) {
            for (String child : draft.children) {
                parentsByChild
                        .computeIfAbsent(child, _ -> new LinkedHashSet<>(2))
                        .add(draft.code);
            }
        }
        return drafts.stream()
                .map(draft -> draft.concept(parentsByChild.getOrDefault(draft.code, Set.of())))
                .toList();
    }

    private void codeSystem() {
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            switch (name) {
                case "resourceType" -> type = text();
                case "url" -> uri = text();
                case "version" -> version = text();
                case "concept" -> concepts(null);
                default -> parser.skipChildren();
            }
        }
    }

    /** The list that the parser stands at the start of. */
    private void concepts(@Nullable Draft above) {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            parser.skipChildren();
            return;
        }
        while (parser.nextToken() == JsonToken.START_OBJECT) {
            concept(new Draft(above));
        }
    }

    private void concept(Draft draft) {
        drafts.add(draft);
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            switch (name) {
                case "code" -> draft.code = text();
                case "display" -> draft.display = text();
                case "property" -> properties(draft);
                case "concept" -> concepts(draft);
                default -> parser.skipChildren();
            }
        }
    }

    private void properties(Draft draft) {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            parser.skipChildren();
            return;
        }
        while (parser.nextToken() == JsonToken.START_OBJECT) {
            property(draft);
        }
    }

    private void property(Draft draft) {
        String property = "";
        String value = "";
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            switch (name) {
                case "code" -> property = text();
                case "valueCode" -> value = text();
                default -> parser.skipChildren();
            }
        }
        if (value.isEmpty()) {
            return;
        }
        switch (property) {
            case "parent" -> draft.parents.add(value);
            case "child" -> draft.children.add(value);
            default -> {}
        }
    }

    private String text() {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            return parser.getString();
        }
        parser.skipChildren();
        return "";
    }

    /** A concept being read; JSON has no order, so its code may come after the concepts nested in it. */
    private static final class Draft {

        private final @Nullable Draft above;
        private final List<String> parents = new ArrayList<>(1);
        private final List<String> children = new ArrayList<>(0);
        private String code = "";
        private String display = "";

        Draft(@Nullable Draft above) {
            this.above = above;
        }

        Hierarchy.Concept concept(Set<String> namedByParents) {
            Set<String> all = new LinkedHashSet<>();
            if (above != null) {
                all.add(above.code);
            }
            all.addAll(parents);
            all.addAll(namedByParents);
            return new Hierarchy.Concept(code, display, List.copyOf(all));
        }
    }
}
