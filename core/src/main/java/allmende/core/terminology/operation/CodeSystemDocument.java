package allmende.core.terminology.operation;

import allmende.core.fhir.FhirJson;
import java.io.InputStream;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads a FHIR CodeSystem (R4, JSON) with texts, properties and hierarchy into a {@link ConceptTableBuilder}, concept by
 * concept, since the large ones have tens of megabytes.
 */
public final class CodeSystemDocument {

    private static final Map<String, Property.Type> TYPES = Map.of(
            "valueCode", Property.Type.CODE,
            "valueString", Property.Type.STRING,
            "valueCoding", Property.Type.CODING,
            "valueInteger", Property.Type.INTEGER,
            "valueBoolean", Property.Type.BOOLEAN,
            "valueDateTime", Property.Type.DATE_TIME,
            "valueDecimal", Property.Type.DECIMAL);

    /** Reads one value of many: others follow. */
    private static final ObjectReader TREES =
            FhirJson.mapper().readerFor(JsonNode.class).without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** The outcome of reading. */
    public sealed interface Read {
        /** Its concepts are in the builder. */
        record Usable(SystemFacts facts, ConceptTableBuilder builder) implements Read {}

        /** It can't be used; the reason is a sentence for the operator. */
        record Unusable(String reason) implements Read {}
    }

    private final ConceptTableBuilder builder = new ConceptTableBuilder();
    private final ObjectNode head = JsonNodeFactory.instance.objectNode();

    private CodeSystemDocument() {}

    /**
     * Reads to the end of the stream, which stays open.
     *
     * @param version the version to give it; null takes the document's own
     */
    public static Read read(InputStream json, @Nullable String version) {
        try (JsonParser parser = FhirJson.mapper()
                .reader()
                .without(StreamReadFeature.AUTO_CLOSE_SOURCE)
                .createParser(json)) {
            return new CodeSystemDocument().read(parser, version);
        } catch (JacksonException problem) {
            return new Read.Unusable("not JSON");
        }
    }

    /** Reads a document that is in memory already. */
    public static Read read(JsonNode document) {
        try (JsonParser parser = FhirJson.mapper().treeAsTokens(document)) {
            return new CodeSystemDocument().read(parser, null);
        }
    }

    private Read read(JsonParser parser, @Nullable String version) {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            return new Read.Unusable("not a JSON object");
        }
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            JsonToken token = parser.nextToken();
            if (name.equals("concept") && token == JsonToken.START_ARRAY) {
                while (parser.nextToken() == JsonToken.START_OBJECT) {
                    concept(TREES.<JsonNode>readValue(parser), null);
                }
            } else if (name.equals("property") && token == JsonToken.START_ARRAY) {
                TREES.<JsonNode>readValue(parser).forEach(this::declare);
            } else if (token == JsonToken.VALUE_STRING) {
                head.put(name, parser.getString());
            } else {
                parser.skipChildren();
            }
        }
        return result(version);
    }

    private Read result(@Nullable String version) {
        if (!head.path("resourceType").asString("").equals("CodeSystem")) {
            return new Read.Unusable("not a CodeSystem");
        }
        String url = head.path("url").asString("");
        if (url.isEmpty()) {
            return new Read.Unusable("a CodeSystem without url");
        }
        if (builder.size() == 0) {
            return new Read.Unusable("a CodeSystem without concepts");
        }
        String content = head.path("content").asString("complete");
        SystemFacts facts = new SystemFacts(
                url,
                version == null ? head.path("version").asString("") : version,
                head.path("title").asString(head.path("name").asString(url)),
                head.path("language").asString(""),
                content.equals("complete"),
                head.path("hierarchyMeaning").asString(""),
                head.path("valueSet").asString(""),
                head.path("copyright").asString(""));
        return new Read.Usable(facts, builder);
    }

    private void declare(JsonNode property) {
        builder.declare(
                property.path("code").asString(""),
                property.path("type").asString(""),
                property.path("description").asString(""));
    }

    private void concept(JsonNode concept, @Nullable String above) {
        String code = concept.path("code").asString("");
        if (code.isEmpty()) {
            return;
        }
        int number = builder.concept(code);
        if (above != null) {
            builder.parent(number, above);
        }
        String display = concept.path("display").asString("");
        if (!display.isEmpty()) {
            builder.display(number, display);
        }
        String definition = concept.path("definition").asString("");
        if (!definition.isEmpty()) {
            builder.property(number, Property.of("definition", Property.Type.STRING, definition));
        }
        concept.path("designation").forEach(each -> designation(number, each));
        concept.path("property").forEach(each -> property(number, code, each));
        concept.path("concept").forEach(each -> concept(each, code));
    }

    private void designation(int number, JsonNode designation) {
        JsonNode use = designation.path("use");
        builder.designation(
                number,
                new Designation(
                        designation.path("language").asString(""),
                        use.path("system").asString(""),
                        use.path("code").asString(""),
                        use.path("code").asString("display").equals("display"),
                        designation.path("value").asString("")));
    }

    private void property(int number, String code, JsonNode property) {
        String name = property.path("code").asString("");
        for (Map.Entry<String, JsonNode> member : property.properties()) {
            Property.Type type = TYPES.get(member.getKey());
            if (type == null) {
                continue;
            }
            JsonNode value = member.getValue();
            if (type == Property.Type.CODE && name.equals("parent")) {
                builder.parent(number, value.asString(""));
            } else if (type == Property.Type.CODE && name.equals("child")) {
                builder.childOf(code, value.asString(""));
            } else {
                add(number, name, type, value);
            }
        }
    }

    private void add(int number, String name, Property.Type type, JsonNode value) {
        if (type == Property.Type.CODING) {
            String system = value.path("system").asString("");
            String display = value.path("display").asString("");
            builder.property(number, new Property(name, type, value.path("code").asString(""), system, display));
            return;
        }
        String text = value.asString("");
        builder.property(number, Property.of(name, type, text));
        boolean yes = text.toLowerCase(Locale.ROOT).equals("true");
        boolean retired = name.equals("status") && (text.equals("retired") || text.equals("inactive"));
        if (retired || (name.equals("inactive") && yes)) {
            builder.inactive(number);
        }
        if ((name.equals("notSelectable") || name.equals("abstract")) && yes) {
            builder.abstractOnly(number);
        }
    }
}
