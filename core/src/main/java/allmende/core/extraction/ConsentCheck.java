package allmende.core.extraction;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Consent as an extraction asks for it; the rules are those of counting. Thread-safe. */
@FunctionalInterface
public interface ConsentCheck {

    /** Permits everything: for selections that ask for no consent. */
    ConsentCheck NONE = (consents, encounters) -> new Decisions() {
        @Override
        public @Nullable String refusal() {
            return null;
        }

        @Override
        public @Nullable String withheld(JsonNode resource) {
            return null;
        }
    };

    /** What a patient permits, as declared in these resources. */
    Decisions of(List<JsonNode> consents, List<JsonNode> encounters);

    /** The decisions for one patient. */
    interface Decisions {

        /** Code of the reason for which nothing of the patient may be used; null where something may. */
        @Nullable
        String refusal();

        /** Code of the reason for which this resource may not be used; null where it may. */
        @Nullable
        String withheld(JsonNode resource);
    }
}
