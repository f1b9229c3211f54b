package allmende.engine.load;

import allmende.core.fhir.FhirJson;
import allmende.core.fhir.JsonRead;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.node.ObjectNode;

/** Reads one resource and checks what can be checked of it alone. */
final class ResourceReader {

    /** Below this size a resource cannot have too many tokens to be held as a tree. */
    private static final int SURELY_SMALL_BYTES = 1 << 20;

    private final Limits limits;

    /** Large trees are made one at a time, since several at once would not fit into memory. */
    private final Object oneLarge = new Object();

    ResourceReader(Limits limits) {
        this.limits = limits;
    }

    /** What came of reading. */
    sealed interface Read {

        /** A resource of a known type, its id, if any, legal, its dates existing. */
        record Fine(ObjectNode resource, String type) implements Read {
            /** Its id; empty where it has none. */
            String id() {
                return resource.path("id").asString("");
            }
        }

        /** It can't be used. */
        record Faulty(Rejection rejection) implements Read {}
    }

    /** Does something with a resource. */
    interface Use<T> {
        T apply(Read read);
    }

    /** Reads a resource and hands it over. */
    <T> T read(Slice bytes, Use<T> use) {
        if (bytes.length() > limits.resourceBytes()) {
            return use.apply(new Read.Faulty(tooLarge(limits)));
        }
        if (bytes.length() <= SURELY_SMALL_BYTES) {
            return use.apply(readTree(bytes));
        }
        synchronized (oneLarge) {
            Rejection tooMuch = countTokens(bytes);
            return use.apply(tooMuch == null ? readTree(bytes) : new Read.Faulty(tooMuch));
        }
    }

    static Rejection tooLarge(Limits limits) {
        return new Rejection(
                RejectionCode.TOO_LARGE,
                "larger than " + (limits.resourceBytes() >> 20) + " MiB, the most for a resource");
    }

    private static Read readTree(Slice bytes) {
        return switch (FhirJson.read(bytes.array(), bytes.from(), bytes.length())) {
            case JsonRead.Parsed parsed when parsed.tree() instanceof ObjectNode resource -> check(resource);
            case JsonRead.Parsed _ -> faulty(RejectionCode.NOT_AN_OBJECT, "a resource is a JSON object");
            case JsonRead.Malformed fault -> faulty(codeOf(fault.code()), fault.toString());
        };
    }

    private static Read check(ObjectNode resource) {
        String type = resource.path("resourceType").asString("");
        if (!ResourceTypes.isKnown(type)) {
            return faulty(RejectionCode.UNKNOWN_RESOURCE_TYPE, "resourceType is absent or no resource type of FHIR R4");
        }
        if (resource.has("id") && !Ids.isLegal(resource.path("id").asString(""))) {
            return faulty(RejectionCode.ILLEGAL_ID, Rejection.ID_RULE);
        }
        Rejection fault = DateElements.check(resource);
        return fault == null ? new Read.Fine(resource, type) : new Read.Faulty(fault);
    }

    private @org.jspecify.annotations.Nullable Rejection countTokens(Slice bytes) {
        int tokens = 0;
        try (JsonParser parser = FhirJson.mapper().createParser(bytes.array(), bytes.from(), bytes.length())) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (++tokens > limits.resourceTokens()) {
                    return new Rejection(
                            RejectionCode.TOO_LARGE,
                            "has more than " + limits.resourceTokens() + " elements, the most for a resource");
                }
            }
            return null;
        } catch (JacksonException _) {
            // what is wrong is told when it is read
            return null;
        }
    }

    private static RejectionCode codeOf(JsonRead.Code code) {
        return switch (code) {
            case EMPTY, SYNTAX, DUPLICATE_KEY, TRAILING_CONTENT -> RejectionCode.MALFORMED_JSON;
            case INVALID_UTF8 -> RejectionCode.INVALID_UTF8;
            case TOO_DEEP -> RejectionCode.TOO_DEEP;
            case TOO_LONG -> RejectionCode.TOO_LARGE;
        };
    }

    private static Read faulty(RejectionCode code, String reason) {
        return new Read.Faulty(new Rejection(code, reason));
    }
}
