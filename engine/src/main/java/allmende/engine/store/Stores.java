package allmende.engine.store;

/** Opens stores. */
public final class Stores {

    private Stores() {}

    /**
     * Opens the store at this place, creating or bringing up to date what is needed.
     *
     * @throws StoreUnavailable with a sentence for the user where that is impossible
     */
    public static Store open(StoreLocation location) {
        if (location instanceof StoreLocation.External(String url)) {
            throw new StoreUnavailable(StoreUnavailable.Code.CONNECTION, "The store can't be opened yet: " + url);
        }
        throw new StoreUnavailable(StoreUnavailable.Code.START, "The store can't be opened yet: " + location);
    }
}
