package allmende.engine.load;

/**
 * Bounds of a load, so that its memory does not depend on its input.
 *
 * @param resourceBytes largest resource, line or entry of a bundle
 * @param documentBytes largest JSON file that is held in memory, and so the largest transaction; collections and
 *     batches may be larger and are then read entry by entry
 * @param bundleEntries most entries of one bundle
 * @param resourceTokens most JSON tokens of one resource: what a tree of it costs
 * @param inFlightBytes raw bytes between reader and writer; a larger piece travels alone
 * @param batchResources resources after which a store transaction is closed
 * @param batchBytes bytes after which a store transaction is closed
 * @param deferred most pieces that wait for a second pass since what they refer to may still come
 */
record Limits(
        int resourceBytes,
        int documentBytes,
        int bundleEntries,
        int resourceTokens,
        int inFlightBytes,
        int batchResources,
        int batchBytes,
        int deferred) {

    private static final int MIB = 1 << 20;

    /** What the program uses; sized for a heap of 1 GiB. */
    static final Limits STANDARD =
            new Limits(64 * MIB, 128 * MIB, 1_000_000, 2_000_000, 32 * MIB, 4_000, 8 * MIB, 1_000_000);
}
