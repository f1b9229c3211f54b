package allmende.core.path;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Tells whether there are no elements, one, or more; keeps the first and stops at the second. */
final class OnlySink implements Step.Sink {

    private @Nullable JsonNode first;
    private int count;

    @Override
    public boolean accept(JsonNode node) {
        if (count == 0) {
            first = node;
        }
        count++;
        return count < 2;
    }

    int count() {
        return count;
    }

    @Nullable
    JsonNode first() {
        return first;
    }
}
