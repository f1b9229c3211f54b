package allmende.app.fhirapi;

import allmende.app.fhirapi.Change.Conditions;
import allmende.app.fhirapi.Change.Content;
import allmende.app.fhirapi.Change.Target;
import allmende.core.fhir.FhirJson;
import allmende.core.fhir.JsonRead;
import allmende.engine.load.IncomingBundle.Entry;
import allmende.engine.load.ResourceNames;
import java.util.Base64;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What an entry of a bundle asks for. */
sealed interface EntryRequest {

    /** A change. */
    record Write(int index, Change change) implements EntryRequest {
        /** Its turn in a transaction. */
        int rank() {
            return switch (change) {
                case Change.Delete _ -> 0;
                case Change.Create _ -> 1;
                case Change.Update _, Change.Patch _ -> 2;
            };
        }
    }

    /** A read or a search. */
    record Get(
            String path, @Nullable String query, @Nullable String ifNoneMatch) implements EntryRequest {}

    /** Where it stands. */
    static String place(int index) {
        return "Bundle.entry[" + index + "]";
    }

    /**
     * Reads an entry.
     *
     * @throws FhirProblem 400 if it asks for nothing that can be done
     */
    static EntryRequest of(Entry entry, String base) {
        String place = place(entry.index());
        String method = entry.method();
        String written = entry.url();
        if (method == null || written == null) {
            throw FhirProblem.of(400, "required", "An entry needs a request with method and url.", place + ".request");
        }
        String url = relative(written, base);
        int mark = url.indexOf('?');
        String path = mark < 0 ? url : url.substring(0, mark);
        String query = mark < 0 ? null : url.substring(mark + 1);
        if (method.equals("GET")) {
            return new Get(path, query, entry.ifNoneMatch());
        }
        String[] parts = path.split("/", -1);
        String type = parts[0];
        if (!ResourceNames.isType(type)) {
            throw FhirProblem.of(
                    400, "not-supported", "The url names no resource type of FHIR R4.", place + ".request.url");
        }
        if (parts.length > 2 || (parts.length == 2 && !ResourceNames.isId(parts[1]))) {
            throw FhirProblem.of(400, "value", "The url is Type, Type/id or Type?criteria.", place + ".request.url");
        }
        return new Write(entry.index(), change(entry, method, type, target(parts, query)));
    }

    private static @Nullable Target target(String[] parts, @Nullable String query) {
        return parts.length == 2 ? new Target.ById(parts[1]) : query == null ? null : new Target.ByQuery(query);
    }

    private static Change change(Entry entry, String method, String type, @Nullable Target target) {
        String place = place(entry.index());
        Conditions conditions = new Conditions(entry.ifMatch(), entry.ifNoneMatch());
        if (method.equals("POST")) {
            if (target != null) {
                throw FhirProblem.of(400, "value", "The url of a POST is a resource type.", place + ".request.url");
            }
            return new Change.Create(type, content(entry, type), entry.ifNoneExist());
        }
        if (target == null) {
            throw FhirProblem.of(400, "value", "The url is Type/id or Type?criteria.", place + ".request.url");
        }
        return switch (method) {
            case "PUT" -> new Change.Update(type, target, content(entry, type), conditions);
            case "PATCH" -> new Change.Patch(type, target, patch(entry), conditions);
            case "DELETE" -> new Change.Delete(type, target, conditions);
            default ->
                throw FhirProblem.of(
                        400,
                        "not-supported",
                        "The method is GET, POST, PUT, PATCH or DELETE.",
                        place + ".request.method");
        };
    }

    private static Content content(Entry entry, String type) {
        if (!entry.hasResource()) {
            throw FhirProblem.of(400, "required", "The entry holds no resource.", place(entry.index()) + ".resource");
        }
        if (!Objects.equals(entry.resourceType(), type)) {
            throw FhirProblem.of(
                    400,
                    "invalid",
                    "The resource's type differs from the one in the url.",
                    place(entry.index()) + ".resource");
        }
        return new Content.InBundle(entry);
    }

    /** A patch in a bundle is a Binary that holds the JSON Patch (FHIR R4, section 3.1.0.6). */
    private static byte[] patch(Entry entry) {
        byte[] resource = entry.resource();
        if (resource != null
                && "Binary".equals(entry.resourceType())
                && FhirJson.read(resource) instanceof JsonRead.Parsed(JsonNode binary)) {
            try {
                return Base64.getDecoder().decode(binary.path("data").asString(""));
            } catch (IllegalArgumentException noBase64) {
                throw FhirProblem.of(
                        400, "value", "Binary.data is no base64.", place(entry.index()) + ".resource.data");
            }
        }
        throw FhirProblem.of(
                400,
                "required",
                "The patch of an entry is a Binary with a JSON Patch as its data.",
                place(entry.index()) + ".resource");
    }

    private static String relative(String url, String base) {
        String rest = url.startsWith(base + "/") ? url.substring(base.length()) : url;
        return rest.startsWith("/") ? rest.substring(1) : rest;
    }
}
