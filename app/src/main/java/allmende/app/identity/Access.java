package allmende.app.identity;

/** Who may ask. */
public enum Access {
    /** Only who has logged in. */
    LOGIN,
    /** Everybody who reaches the address, which is bound to the loopback. */
    OPEN
}
