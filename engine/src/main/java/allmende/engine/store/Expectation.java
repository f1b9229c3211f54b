package allmende.engine.store;

import allmende.core.fhir.ResourceKey;

/**
 * What a writer takes for granted of a resource; checked under the writers' lock, so that of two writers who expect the
 * same, one wins.
 *
 * @param version the current version's number; 0: it was never there or is deleted
 */
public record Expectation(ResourceKey key, int version) {

    /** That there is no such resource. */
    public static Expectation absent(ResourceKey key) {
        return new Expectation(key, 0);
    }
}
