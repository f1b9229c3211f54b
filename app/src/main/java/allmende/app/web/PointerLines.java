package allmende.app.web;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonPointer;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/** Finds the line of a text in which the value of a JSON pointer begins. */
public final class PointerLines {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Map<String, Integer> lines = new HashMap<>();
    private int lastLine = 1;
    private boolean broken;

    private PointerLines() {}

    /** Of this text, which need not be good JSON. */
    public static PointerLines of(String text) {
        PointerLines found = new PointerLines();
        try (JsonParser parser = JSON.createParser(text)) {
            while (parser.nextToken() != null) {
                if (parser.currentToken() != JsonToken.PROPERTY_NAME) {
                    JsonPointer pointer = parser.streamReadContext().pathAsPointer();
                    found.lastLine = parser.currentTokenLocation().getLineNr();
                    found.lines.putIfAbsent(pointer.toString(), found.lastLine);
                }
            }
        } catch (JacksonException e) {
            found.broken = true;
            if (e.getLocation() != null) {
                found.lastLine = e.getLocation().getLineNr();
            }
        }
        return found;
    }

    /** The line, from 1: of the pointer's value or, where there is none, of the nearest value around it. */
    public Optional<Integer> line(String pointer) {
        for (String place = pointer; !place.isEmpty(); place = place.substring(0, place.lastIndexOf('/'))) {
            Integer line = lines.get(place);
            if (line != null) {
                return Optional.of(line);
            }
        }
        return Optional.empty();
    }

    /** Whether the text is no JSON. */
    public boolean broken() {
        return broken;
    }

    /** The last line that could be read: where broken JSON breaks. */
    public int lastLine() {
        return lastLine;
    }
}
