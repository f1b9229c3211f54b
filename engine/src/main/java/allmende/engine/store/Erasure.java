package allmende.engine.store;

/**
 * What an erasure removed.
 *
 * @param t transaction of the erasure
 * @param resources resources of which every version is gone
 * @param versions versions that are gone
 * @param quarantined quarantine entries that are gone
 */
public record Erasure(long t, long resources, long versions, long quarantined) {}
