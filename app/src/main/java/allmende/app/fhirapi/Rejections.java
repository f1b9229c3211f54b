package allmende.app.fhirapi;

import allmende.engine.load.Rejection;

/** What can't be stored, as HTTP and FHIR tell it. */
final class Rejections {

    private Rejections() {}

    /**
     * The problem.
     *
     * @param place of the resource in what was sent, such as {@code Bundle.entry[2].resource}; empty where it is all
     */
    static FhirProblem problem(Rejection rejection, String place) {
        String reason = Character.toUpperCase(rejection.reason().charAt(0))
                + rejection.reason().substring(1) + ".";
        String path = rejection.path();
        String dot = place.isEmpty() || path.isEmpty() ? "" : ".";
        String inBundle = place.isEmpty() ? path : place + dot + afterType(path);
        return inBundle.isEmpty()
                ? FhirProblem.of(status(rejection), code(rejection), reason)
                : FhirProblem.of(status(rejection), code(rejection), reason, inBundle);
    }

    /** {@code birthDate} of {@code Patient.birthDate}. */
    private static String afterType(String path) {
        return !path.isEmpty() && Character.isUpperCase(path.charAt(0)) && path.indexOf('.') > 0
                ? path.substring(path.indexOf('.') + 1)
                : path;
    }

    private static int status(Rejection rejection) {
        return switch (rejection.code()) {
            case TOO_LARGE -> 413;
            case AMBIGUOUS_MATCH -> 412;
            case UNRESOLVED_REFERENCE, ILLEGAL_DATE, ILLEGAL_CHARACTER, REFUSED_BY_STORE -> 422;
            case MALFORMED_JSON,
                    INVALID_UTF8,
                    NOT_AN_OBJECT,
                    TRUNCATED_GZIP,
                    UNREADABLE_FILE,
                    TOO_DEEP,
                    UNKNOWN_RESOURCE_TYPE,
                    TYPE_MISMATCH,
                    MISSING_ID,
                    ILLEGAL_ID,
                    ID_MISMATCH,
                    DUPLICATE_ID,
                    UNSUPPORTED_CONDITION,
                    UNSUPPORTED_BUNDLE,
                    UNSUPPORTED_REQUEST,
                    INVALID_ENTRY -> 400;
        };
    }

    private static String code(Rejection rejection) {
        return switch (rejection.code()) {
            case MALFORMED_JSON, INVALID_UTF8, NOT_AN_OBJECT, TRUNCATED_GZIP, TOO_DEEP -> "structure";
            case TOO_LARGE -> "too-long";
            case MISSING_ID, INVALID_ENTRY -> "required";
            case ILLEGAL_ID, ILLEGAL_DATE, ILLEGAL_CHARACTER -> "value";
            case DUPLICATE_ID -> "duplicate";
            case UNRESOLVED_REFERENCE -> "not-found";
            case AMBIGUOUS_MATCH -> "multiple-matches";
            case UNSUPPORTED_CONDITION, UNSUPPORTED_BUNDLE, UNSUPPORTED_REQUEST, UNKNOWN_RESOURCE_TYPE ->
                "not-supported";
            case TYPE_MISMATCH, ID_MISMATCH -> "invalid";
            case UNREADABLE_FILE, REFUSED_BY_STORE -> "processing";
        };
    }
}
