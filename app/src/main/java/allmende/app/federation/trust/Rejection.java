package allmende.app.federation.trust;

/** Why a message is not accepted. */
public enum Rejection {
    /** Not of the form that messages have. */
    MALFORMED,
    /** The signature does not fit the content, or the body is not the signed one. */
    ALTERED,
    /** This or a later message of the sender has been taken before. */
    REPLAYED,
    /** Signed too long ago or in the future, beyond {@link MessageCheck#CLOCK_ALLOWANCE}. */
    STALE,
    /** Nobody known has this key. */
    UNKNOWN_KEY,
    /** The key's holder takes part no more. */
    REVOKED_KEY,
    /** Meant for somebody else. */
    WRONG_RECIPIENT,
    /** Signed by one party in the name of another. */
    FOREIGN_NAME,
    /** Messages before it are missing; the sender must say that there are none. */
    GAP,
    /** Larger than messages may be. */
    TOO_LARGE,
    /** Of an earlier run of the portal; to be signed again for this one. */
    OTHER_RUN,
    /** Not sent over a connection with the client certificate that is on record for the sender. */
    WRONG_CERTIFICATE
}
