package allmende.app.projects;

import allmende.core.fhir.FhirJson;
import allmende.core.fhir.JsonRead;
import allmende.engine.delivery.OwnKey;
import allmende.engine.delivery.Sealing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * The data management site's side: takes a Bundle with a DocumentReference and its Binary, as the transport software brings
 * it, and unpacks the delivery in it.
 */
public final class Receiving {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    private Receiving() {}

    /** What came of receiving. */
    public sealed interface Received {

        /** The delivery of this project lies unpacked in a folder. */
        record Unpacked(String project, Path folder, int files) implements Received {}

        /** It can't be received; a sentence. */
        record Refused(String reason) implements Received {}
    }

    /**
     * Unpacks the delivery of a Bundle into a folder of its project's name. Nothing is left behind unless all of it is
     * genuine.
     *
     * @param bundle JSON
     * @param key private key of the recipient, PEM
     * @param into the folder above; what is in the project's own folder already stays, and nothing is unpacked then
     */
    public static Received bundle(byte[] bundle, String key, Path into) throws IOException {
        if (!(FhirJson.read(bundle) instanceof JsonRead.Parsed(JsonNode tree))
                || !tree.path("resourceType").asString("").equals("Bundle")) {
            return new Received.Refused("This is no Bundle in JSON.");
        }
        JsonNode document = document(tree).orElse(null);
        if (document == null) {
            return new Received.Refused("The Bundle has no DocumentReference with a project identifier.");
        }
        String project = document.path("masterIdentifier").path("value").asString("");
        if (!ID.matcher(project).matches()) {
            return new Received.Refused("The project identifier can't be the name of a folder.");
        }
        String url =
                document.path("content").path(0).path("attachment").path("url").asString("");
        Optional<String> data = binary(tree, url);
        if (data.isEmpty()) {
            return new Received.Refused("The Bundle lacks the Binary that its DocumentReference names.");
        }
        Optional<OwnKey> own = OwnKey.read(key);
        if (own.isEmpty()) {
            return new Received.Refused("This is no private key that is readable without a password.");
        }
        return unpack(project, data.get(), own.get(), into);
    }

    private static Received unpack(String project, String data, OwnKey key, Path into) throws IOException {
        Files.createDirectories(into);
        Path sealed = Files.createTempFile(into, "received", ".cms");
        try {
            Files.write(sealed, Base64.getMimeDecoder().decode(data));
            return switch (Sealing.open(sealed, key, into.resolve(project).toAbsolutePath())) {
                case Sealing.Opened.Done(Path folder, int files) -> new Received.Unpacked(project, folder, files);
                case Sealing.Opened.Refused(Sealing.Reason reason) -> new Received.Refused(reason.sentence());
            };
        } catch (IllegalArgumentException e) {
            return new Received.Refused("The Binary is no base64.");
        } finally {
            Files.deleteIfExists(sealed);
        }
    }

    private static Optional<JsonNode> document(JsonNode bundle) {
        for (JsonNode entry : bundle.path("entry")) {
            JsonNode resource = entry.path("resource");
            boolean ofProject = resource.path("masterIdentifier")
                    .path("system")
                    .asString("")
                    .equals(Handover.PROJECT_IDENTIFIER);
            if (ofProject && resource.path("resourceType").asString("").equals("DocumentReference")) {
                return Optional.of(resource);
            }
        }
        return Optional.empty();
    }

    private static Optional<String> binary(JsonNode bundle, String url) {
        for (JsonNode entry : bundle.path("entry")) {
            JsonNode resource = entry.path("resource");
            String own = "Binary/" + resource.path("id").asString("");
            boolean meant =
                    entry.path("fullUrl").asString("").equals(url) || url.equals(own) || url.endsWith("/" + own);
            if (meant && resource.path("resourceType").asString("").equals("Binary")) {
                return Optional.of(resource.path("data").asString(""));
            }
        }
        return Optional.empty();
    }
}
