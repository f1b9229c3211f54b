package allmende.app.workbench;

import allmende.core.fhir.Coding;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Short lists of values that people choose from instead of typing codes; {@code /allmende/workbench/values.json}. */
final class KnownValues {

    private static final String FILE = "/allmende/workbench/values.json";

    private final Map<String, List<Value>> lists;

    private KnownValues(Map<String, List<Value>> lists) {
        this.lists = lists;
    }

    /** A value with its text. */
    record Value(Coding coding, String german, String english) {

        String text(Locale locale) {
            return locale.getLanguage().equals(Locale.GERMAN.getLanguage()) ? german : english;
        }
    }

    static KnownValues shipped() {
        try (InputStream file = KnownValues.class.getResourceAsStream(FILE)) {
            Map<String, List<Value>> lists = new HashMap<>();
            for (JsonNode list : JsonMapper.shared().readTree(file)) {
                List<Value> values = new ArrayList<>();
                for (JsonNode value : list.get("values")) {
                    values.add(new Value(
                            new Coding(
                                    list.get("system").asString(),
                                    value.get("code").asString()),
                            value.get("de").asString(),
                            value.get("en").asString()));
                }
                for (JsonNode use : list.get("for")) {
                    lists.put(use.asString(), List.copyOf(values));
                }
            }
            return new KnownValues(lists);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * What is known for a value of a term, or for an attribute.
     *
     * @param name code of the term or the attribute
     */
    List<Value> of(String context, String name) {
        return lists.getOrDefault(context + "/" + name, List.of());
    }
}
