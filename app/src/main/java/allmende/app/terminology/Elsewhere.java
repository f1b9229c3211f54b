package allmende.app.terminology;

import allmende.app.fhirapi.FhirProblem;
import allmende.core.terminology.operation.Gap;
import allmende.engine.terminology.remote.RemoteAnswer;
import allmende.engine.terminology.remote.RemoteTerminology;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What can't be told here: asked of the external terminology server where there is one for it, else refused. */
final class Elsewhere {

    private static final int BAD_GATEWAY = 502;
    private static final int UNPROCESSABLE = 422;
    private static final int NOT_FOUND = 404;

    private final RemoteTerminology remote;

    Elsewhere(RemoteTerminology remote) {
        this.remote = remote;
    }

    /**
     * Asks elsewhere.
     *
     * @param path of the operation below the server's address, such as {@code CodeSystem/$lookup}
     * @param systems code systems that it is about; empty where that is not known
     * @throws FhirProblem 404 or 422 where nobody else is asked or the other refuses, 502 where the other is away
     */
    JsonNode ask(Gap gap, String path, List<String> systems, JsonNode parameters) {
        boolean missing =
                switch (gap.kind()) {
                    case SYSTEM, VERSION, VALUE_SET -> true;
                    case UNSUPPORTED, TOO_COSTLY, INVALID -> false;
                };
        if (!missing || !remote.answersFor(systems)) {
            throw problem(gap);
        }
        return switch (remote.ask(path, parameters)) {
            case RemoteAnswer.Answered(JsonNode resource) -> resource;
            case RemoteAnswer.Refused(int status, String reason) ->
                throw FhirProblem.of(
                        status == NOT_FOUND ? NOT_FOUND : UNPROCESSABLE,
                        "processing",
                        gap.reason() + " The external terminology server refused: " + reason);
            case RemoteAnswer.Away(String reason) ->
                throw FhirProblem.of(BAD_GATEWAY, "transient", gap.reason() + " " + reason);
        };
    }

    /** The gap as an error. */
    static FhirProblem problem(Gap gap) {
        return switch (gap.kind()) {
            case SYSTEM, VERSION, VALUE_SET -> FhirProblem.of(NOT_FOUND, "not-found", gap.reason());
            case UNSUPPORTED -> FhirProblem.of(UNPROCESSABLE, "not-supported", gap.reason());
            case TOO_COSTLY -> FhirProblem.of(UNPROCESSABLE, "too-costly", gap.reason());
            case INVALID -> FhirProblem.of(UNPROCESSABLE, "invalid", gap.reason());
        };
    }
}
