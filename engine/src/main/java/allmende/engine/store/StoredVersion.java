package allmende.engine.store;

import allmende.core.fhir.ResourceKey;
import java.time.Instant;

/**
 * One version of a resource as it was stored.
 *
 * @param rid the resource's number in this store, stable over its versions
 * @param version 1 for the first
 * @param t transaction that wrote it
 * @param at when that transaction was committed
 * @param body compact JSON, UTF-8
 */
public record StoredVersion(ResourceKey key, long rid, int version, long t, Instant at, byte[] body) {}
