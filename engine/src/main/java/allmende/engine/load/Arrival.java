package allmende.engine.load;

import allmende.core.fhir.ResourceKey;
import org.jspecify.annotations.Nullable;

/** A resource that came over HTTP, and where it shall go; or one that shall go away. */
public final class Arrival {

    private final ResourceKey key;
    private final @Nullable Slice bytes;
    private final IdRule idRule;
    private final @Nullable String fullUrl;
    private final @Nullable String ownKey;

    /** What the resource's own id must be. */
    public enum IdRule {
        /** Whatever it is, it is replaced. */
        REPLACED,
        /** That of the key. */
        SAME,
        /** That of the key, or absent. */
        SAME_IF_THERE
    }

    private Arrival(ResourceKey key, @Nullable Slice bytes, IdRule idRule, IncomingBundle.@Nullable Entry entry) {
        this.key = key;
        this.bytes = bytes;
        this.idRule = idRule;
        this.fullUrl = entry == null ? null : entry.fullUrl();
        this.ownKey = entry == null || entry.resourceType() == null || entry.resourceId() == null
                ? null
                : entry.resourceType() + "/" + entry.resourceId();
    }

    /** A resource to be stored under this key. */
    public static Arrival of(ResourceKey key, byte[] json, IdRule idRule) {
        return new Arrival(key, Slice.of(json).trim(), idRule, null);
    }

    /** A resource out of a bundle to be stored under this key. */
    public static Arrival of(ResourceKey key, IncomingBundle.Entry entry, IdRule idRule) {
        return new Arrival(key, entry.slice(), idRule, entry);
    }

    /** An entry that changes nothing but that others refer to: what it would have created is there already. */
    public static Arrival known(ResourceKey key, IncomingBundle.Entry entry) {
        return new Arrival(key, null, IdRule.REPLACED, entry);
    }

    /** A resource to be deleted. */
    public static Arrival deletion(ResourceKey key) {
        return new Arrival(key, null, IdRule.REPLACED, null);
    }

    /** Where it goes. */
    public ResourceKey key() {
        return key;
    }

    @Nullable
    Slice bytes() {
        return bytes;
    }

    IdRule idRule() {
        return idRule;
    }

    @Nullable
    String fullUrl() {
        return fullUrl;
    }

    /** {@code Type/id} as the resource calls itself; null where it does not. */
    @Nullable
    String ownKey() {
        return ownKey;
    }

    /** Whether it is only referred to. */
    boolean isKnown() {
        return bytes == null && fullUrl != null;
    }
}
