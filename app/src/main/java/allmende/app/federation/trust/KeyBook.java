package allmende.app.federation.trust;

/** Knows whose key is whose. */
@FunctionalInterface
public interface KeyBook {

    /** How the key with this thumbprint stands. */
    Standing standing(String thumbprint);
}
