package allmende.engine.load;

import java.util.Locale;

/**
 * Why something could not be loaded. The names are stable: people filter, count and script by them. What to do about
 * each is in docs/implementation/loading.md; a test keeps that table and this list equal.
 */
public enum RejectionCode {
    /** Not JSON, or JSON that ends too early. */
    MALFORMED_JSON,
    /** Bytes that are not UTF-8. */
    INVALID_UTF8,
    /** JSON, but not an object: an array, a string, a number. */
    NOT_AN_OBJECT,
    /** The compressed file ends too early or is damaged; holds what was readable of the broken piece. */
    TRUNCATED_GZIP,
    /** The file could not be read. */
    UNREADABLE_FILE,
    /** Larger than {@link Limits} allow. */
    TOO_LARGE,
    /** Nested deeper than resources are. */
    TOO_DEEP,
    /** {@code resourceType} is absent, or no resource type of FHIR R4. */
    UNKNOWN_RESOURCE_TYPE,
    /** {@code resourceType} differs from the type in the request's url. */
    TYPE_MISMATCH,
    /** No id, where one is needed. */
    MISSING_ID,
    /** An id with more than 64 or other characters than FHIR allows. */
    ILLEGAL_ID,
    /** The resource's id differs from the one in the request's url. */
    ID_MISMATCH,
    /** The same resource twice in one bundle. */
    DUPLICATE_ID,
    /** A date that is none: wrong form, or not in the calendar. */
    ILLEGAL_DATE,
    /** A character that cannot be stored, NUL. */
    ILLEGAL_CHARACTER,
    /** A reference that names something in the bundle, or searches by identifier, and finds nothing. */
    UNRESOLVED_REFERENCE,
    /** A reference, or the condition of a request, that searches by identifier and finds several. */
    AMBIGUOUS_MATCH,
    /** A condition other than one {@code identifier}. */
    UNSUPPORTED_CONDITION,
    /** A bundle that is neither transaction, batch, collection, searchset nor document. */
    UNSUPPORTED_BUNDLE,
    /** A method other than PUT, POST and DELETE, or a precondition such as {@code ifMatch}. */
    UNSUPPORTED_REQUEST,
    /** A bundle's entry that lacks what it needs: resource, method or url. */
    INVALID_ENTRY,
    /** The store refuses this resource for a reason of its own. */
    REFUSED_BY_STORE;

    /** The stable name: {@code malformed-json}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public String toString() {
        return code();
    }
}
