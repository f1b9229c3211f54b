package allmende.app.fhirapi;

import allmende.core.fhir.MetaSplice;
import allmende.core.fhir.ResourceKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What became of a change.
 *
 * @param status of HTTP: 200, 201 or 204
 * @param key null where a deletion found nothing
 * @param version 0 where there is none
 * @param at when the version was written
 * @param body as it is stored; null for deletions
 * @param patientId whom it speaks of
 * @param t transaction
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
record Done(
        int status,
        @Nullable ResourceKey key,
        int version,
        Instant at,
        byte @Nullable [] body,
        @Nullable String patientId,
        long t) {

    /** {@code Type/id/_history/n}. */
    String location() {
        return key + "/_history/" + version;
    }

    /** The resource with version and time; null for deletions. */
    byte @Nullable [] resource() {
        return body == null ? null : MetaSplice.stamped(body, version, at);
    }
}
