package allmende.app.deident;

import allmende.core.cohort.Problem;
import allmende.core.deident.RuleSet;
import allmende.core.deident.RuleSetRead;
import allmende.core.fhir.FhirJson;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.representer.Representer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Files of rules as people keep them: JSON, or YAML as other pseudonymisers have it. Which it is, the content tells. */
public final class RuleFile {

    private static final int MAX_CHARS = 1 << 20;
    private static final int MAX_DEPTH = 20;
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private RuleFile() {}

    /**
     * Reads a file.
     *
     * @param name for a file whose form lets it leave its name out
     */
    public static RuleSetRead read(byte[] file, String name) {
        for (byte first : file) {
            if (first == '{' || first == '[') {
                return RuleSet.read(file, name);
            }
            if (first != ' ' && first != '\n' && first != '\r' && first != '\t') {
                return yaml(file, name);
            }
        }
        return refused("The file is empty.");
    }

    /** The name of a rule set by its file's; empty for files that are none. */
    public static String nameOf(Path file) {
        String name = String.valueOf(file.getFileName());
        int dot = name.lastIndexOf('.');
        boolean known = dot > 0 && List.of(".json", ".yaml", ".yml").contains(name.substring(dot));
        return known ? name.substring(0, dot) : "";
    }

    private static RuleSetRead yaml(byte[] file, String name) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(file))
                    .toString();
            Object tree = reader().load(text);
            if (!(tree instanceof Map)) {
                return refused("This is neither a JSON object nor a YAML mapping.");
            }
            return RuleSet.read(FhirJson.write(json(tree)), name);
        } catch (CharacterCodingException e) {
            return refused("This is no UTF-8 text.");
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
            return refused("This is neither JSON nor YAML; the YAML breaks off in line " + line + ".");
        } catch (YAMLException | IllegalArgumentException e) {
            return refused("This is neither JSON nor YAML that is understood: plain values, lists and mappings with"
                    + " text keys, without tags.");
        }
    }

    /** Makes texts, numbers, lists and mappings, no objects of the program whatever a file asks for. */
    private static Yaml reader() {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        options.setCodePointLimit(MAX_CHARS);
        options.setNestingDepthLimit(MAX_DEPTH);
        options.setMaxAliasesForCollections(0);
        DumperOptions unused = new DumperOptions();
        return new Yaml(new SafeConstructor(options), new Representer(unused), unused, options);
    }

    private static JsonNode json(Object value) {
        return switch (value) {
            case Map<?, ?> map -> object(map);
            case List<?> list -> {
                ArrayNode array = JSON.arrayNode(list.size());
                list.forEach(item -> array.add(item == null ? JSON.nullNode() : json(item)));
                yield array;
            }
            case String text -> JSON.stringNode(text);
            case Boolean flag -> JSON.booleanNode(flag);
            case Number number -> JSON.numberNode(new BigDecimal(number.toString()));
            default -> throw new IllegalArgumentException("a value of a kind that rules do not have");
        };
    }

    private static ObjectNode object(Map<?, ?> map) {
        ObjectNode object = JSON.objectNode();
        map.forEach((key, value) -> {
            if (!(key instanceof String text)) {
                throw new IllegalArgumentException("a key that is no text");
            }
            object.set(text, value == null ? JSON.nullNode() : json(value));
        });
        return object;
    }

    private static RuleSetRead refused(String message) {
        return new RuleSetRead.Refused(List.of(new Problem("", message)));
    }
}
