package allmende.engine.store;

/**
 * What an erasure removed.
 *
 * @param t transaction of the erasure
 * @param resources resources of which every version is gone
 * @param versions versions that are gone
 * @param quarantined quarantine entries that are gone
 * @param logDropped whether the database's write-ahead log from before is gone as well; false only on an external server
 *     whose role may not do that
 */
public record Erasure(long t, long resources, long versions, long quarantined, boolean logDropped) {}
