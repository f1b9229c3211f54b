package allmende.engine.terminology.remote;

import tools.jackson.databind.JsonNode;

/** What an external terminology server says. */
public sealed interface RemoteAnswer {

    /** An answer. */
    record Answered(JsonNode resource) implements RemoteAnswer {}

    /** It does not answer this; {@code reason} is a sentence. */
    record Refused(int status, String reason) implements RemoteAnswer {}

    /** It can't be reached or answers nonsense; {@code reason} is a sentence. */
    record Away(String reason) implements RemoteAnswer {}
}
