package allmende.app.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The ready questions, one file each under {@code /allmende/questions}: {@code id}, {@code title} and {@code query}.
 * Wherever a file has an object of just {@code de} and {@code en}, a reader of that language sees that text.
 */
public final class QuestionLibrary {

    private static final String FOLDER = "/allmende/questions/";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final List<Question> questions;

    private QuestionLibrary(List<Question> questions) {
        this.questions = List.copyOf(questions);
    }

    /** The questions that come with the program, in the order of {@code index.json}. */
    public static QuestionLibrary shipped() {
        List<Question> questions = new ArrayList<>();
        for (JsonNode name : read("index.json")) {
            questions.add(question(read(name.asString() + ".json")));
        }
        return new QuestionLibrary(questions);
    }

    /** All of them, in their order. */
    public List<Question> all() {
        return questions;
    }

    Question first() {
        return questions.getFirst();
    }

    /** The one with this id. */
    public Optional<Question> find(String id) {
        return questions.stream().filter(question -> question.id().equals(id)).findFirst();
    }

    private static Question question(JsonNode file) {
        return new Question(
                file.get("id").asString(),
                new Question.Text(
                        file.get("title").get("de").asString(),
                        file.get("title").get("en").asString()),
                new Question.Text(
                        JsonText.write(localised(file.get("query"), "de")),
                        JsonText.write(localised(file.get("query"), "en"))));
    }

    private static JsonNode localised(JsonNode node, String language) {
        return switch (node) {
            case ObjectNode object
            when object.size() == 2 && object.has("de") && object.has("en") -> object.get(language);
            case ObjectNode object -> {
                ObjectNode copy = JsonNodeFactory.instance.objectNode();
                object.properties().forEach(entry -> copy.set(entry.getKey(), localised(entry.getValue(), language)));
                yield copy;
            }
            case ArrayNode array -> {
                ArrayNode copy = JsonNodeFactory.instance.arrayNode();
                array.forEach(element -> copy.add(localised(element, language)));
                yield copy;
            }
            default -> node;
        };
    }

    private static JsonNode read(String name) {
        try (InputStream in = QuestionLibrary.class.getResourceAsStream(FOLDER + name)) {
            if (in == null) {
                throw new IllegalStateException("The question " + name + " is missing");
            }
            return JSON.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
