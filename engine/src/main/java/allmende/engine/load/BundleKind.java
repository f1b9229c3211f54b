package allmende.engine.load;

import org.jspecify.annotations.Nullable;

/** How a bundle's entries belong together. */
enum BundleKind {
    /** All or nothing. */
    TRANSACTION,
    /** Each for itself, with a request. */
    BATCH,
    /** Each for itself, without a request: put by its id. */
    COLLECTION;

    /** The kind of a bundle by its type; null for those that tell no state: history, message, responses. */
    static @Nullable BundleKind of(@Nullable String type) {
        return switch (type) {
            case "transaction" -> TRANSACTION;
            case "batch" -> BATCH;
            case "collection", "searchset", "document" -> COLLECTION;
            case null, default -> null;
        };
    }

    /** The type under which a single entry is kept for a retry. */
    String typeOfPiece() {
        return this == COLLECTION ? "collection" : "batch";
    }
}
