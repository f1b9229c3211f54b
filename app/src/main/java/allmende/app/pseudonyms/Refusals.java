package allmende.app.pseudonyms;

import allmende.app.fhirapi.FhirProblem;
import allmende.app.pseudonyms.Result.Refusal;

/** What programs are told whose wish is not fulfilled; never what they sent. */
final class Refusals {

    private static final int NOT_ALLOWED = 405;
    private static final int UNPROCESSABLE = 422;

    private Refusals() {}

    static FhirProblem problem(Refusal refusal) {
        return switch (refusal) {
            case NO_DOMAIN ->
                FhirProblem.of(
                        404, "not-found", "There is no such context.", "Parameters.parameter.where(name='context')");
            case NOT_FOUND -> FhirProblem.notFound("The context does not know this value.");
            case ORIGINAL -> FhirProblem.invalid("An original has 1 to 1,000 characters that are not all blank.");
            case FULL ->
                FhirProblem.of(
                        UNPROCESSABLE,
                        "business-rule",
                        "The context has no room for that many more pseudonyms. Make another with longer ones.");
            case NOT_OF_PARENT ->
                FhirProblem.of(
                        UNPROCESSABLE,
                        "business-rule",
                        "Originals of this context are pseudonyms of its parent; this is none.");
            case SINGLE ->
                FhirProblem.notSupported("This context gives one pseudonym to an original. Call $pseudonymize.");
            case KEEPS -> FhirProblem.of(NOT_ALLOWED, "not-supported", "This context deletes nothing.");
            case DOMAIN_EXISTS -> FhirProblem.of(409, "duplicate", "There is a context of this name already.");
            case COLLISION ->
                FhirProblem.of(
                        409,
                        "conflict",
                        "An original has another pseudonym already, or a pseudonym belongs to another original. Nothing"
                                + " was stored.");
            case FORM ->
                FhirProblem.of(
                        UNPROCESSABLE,
                        "invalid",
                        "What was brought along is no pseudonym of the form that the context has. Nothing was stored.");
            case NAME -> FhirProblem.invalid("A context can't have this name.");
        };
    }

    /** The value, or the problem thrown. */
    static <T> T value(Result<T> result) {
        return switch (result) {
            case Result.Done<T>(T value) -> value;
            case Result.Refused<T>(Refusal refusal) -> throw problem(refusal);
        };
    }
}
