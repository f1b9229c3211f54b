package allmende.core.path;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Keeps the first element and wants no more. */
final class FirstSink implements Step.Sink {

    private @Nullable JsonNode node;

    @Override
    public boolean accept(JsonNode found) {
        node = found;
        return false;
    }

    @Nullable
    JsonNode node() {
        return node;
    }
}
