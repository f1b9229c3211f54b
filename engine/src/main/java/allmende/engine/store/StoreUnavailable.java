package allmende.engine.store;

/**
 * The store can't be used: it can't be opened, or was lost while in use. It ends a command, so it is an exception; its
 * message is a sentence for the user and holds no data of the store.
 */
public final class StoreUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Code code;

    /** With a sentence for the user. */
    public StoreUnavailable(Code code, String sentence) {
        super(sentence);
        this.code = code;
    }

    /** With a sentence for the user and what lies behind it. */
    public StoreUnavailable(Code code, String sentence, Throwable cause) {
        super(sentence, cause);
        this.code = code;
    }

    /** The stable code of the reason. */
    public Code code() {
        return code;
    }

    /** Why the store can't be used. */
    public enum Code {
        /** There is no PostgreSQL for this operating system and processor on the class path. */
        NO_BINARIES("store-no-binaries"),
        /** Run by root where neither a user namespace nor another user is to be had. */
        ROOT("store-root"),
        /** The data directory can't be used: not writable, of another version, damaged. */
        DIRECTORY("store-directory"),
        /** The embedded server does not start; its log says why. */
        START("store-start"),
        /** Another process keeps the directory's lock for too long. */
        BUSY("store-busy"),
        /** The server can't be reached or refuses the user. */
        CONNECTION("store-connection"),
        /** The server is older than supported. */
        VERSION("store-version"),
        /** The schema can't be brought up to date. */
        SCHEMA("store-schema"),
        /** A statement failed. */
        STATEMENT("store-statement");

        private final String text;

        Code(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
