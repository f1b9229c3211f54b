package allmende.core.extraction;

import allmende.core.consent.ConsentJob;
import allmende.core.consent.ConsentReason;
import allmende.core.consent.ConsentVerdict;
import allmende.core.consent.PatientConsent;
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

    /** By the rules of consent, as a job asks for them. */
    static ConsentCheck of(ConsentJob job) {
        if (!job.request().enforced()) {
            return NONE;
        }
        return (consents, encounters) -> {
            PatientConsent patient = job.of(consents, encounters);
            return new Decisions() {
                @Override
                public @Nullable String refusal() {
                    return patient.refusal().map(ConsentReason::code).orElse(null);
                }

                @Override
                public @Nullable String withheld(JsonNode resource) {
                    return switch (patient.decide(resource)) {
                        case ConsentVerdict.Allowed _ -> null;
                        case ConsentVerdict.Withheld(ConsentReason reason) -> reason.code();
                    };
                }
            };
        };
    }

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
