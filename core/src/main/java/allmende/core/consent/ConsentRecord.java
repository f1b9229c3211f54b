package allmende.core.consent;

import allmende.core.fhir.TimeSpan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a Consent resource says.
 *
 * @param id of the resource
 * @param form in which of the three forms it came
 * @param status as written; empty where there is none
 * @param signed when it was declared (or computed); null where that is missing or not a date
 * @param statements what it permits and denies
 * @param oddities what was not as it should be, each with what followed
 */
record ConsentRecord(
        String id,
        Form form,
        String status,
        @Nullable TimeSpan signed,
        List<Statement> statements,
        List<Oddity> oddities) {

    /** The result types of the consent module. */
    enum Form {
        /** A signed document; also where nothing else is said. */
        DOCUMENT,
        /** One Consent per policy, the code at the outer provision. */
        POLICY,
        /** The state that a consent management has computed from all documents. */
        STATUS
    }

    /**
     * Something that was not as it should be.
     *
     * @param place index of the nested provision; {@link Statement#OUTER} for the resource or its outer provision
     */
    record Oddity(ConsentReason reason, int place) {}
}
