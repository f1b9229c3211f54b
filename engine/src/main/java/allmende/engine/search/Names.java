package allmende.engine.search;

/** Names in the index that are no parameters, and what is added to a parameter's name for a further use of it. */
final class Names {

    /** The resource's number. */
    static final String RID = "@rid";

    /** Resource and number of the version. */
    static final String VERSION = "@version";

    /** Number of the version. */
    static final String NUMBER = "@number";

    /** Transaction that wrote the version. */
    static final String FROM = "@from";

    /** Transaction that wrote the next one; absent for the newest. */
    static final String UNTIL = "@until";

    /** Hash of type and id, to which references lead. */
    static final String KEY = "@key";

    /** Fields that have a value. */
    static final String PRESENT = "@present";

    /** Texts beside tokens. */
    static final String TEXT = ":text";

    /** Identifiers by type. */
    static final String OF_TYPE = ":of-type";

    /** Strings as written. */
    static final String EXACT = ":exact";

    /** Identifiers of logical references. */
    static final String IDENTIFIER = ":identifier";

    /** Hashes of what references lead to. */
    static final String LINK = "#";

    /** What is sorted by. */
    static final String SORT = "~";

    private Names() {}
}
