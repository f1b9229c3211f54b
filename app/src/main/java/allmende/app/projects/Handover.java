package allmende.app.projects;

import allmende.core.disclosure.DeliveryDecision.Ticket;
import allmende.core.disclosure.Released;
import allmende.core.fhir.FhirJson;
import allmende.core.fhir.ResourceKey;
import allmende.engine.store.ResourceWrite;
import allmende.engine.store.Store;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Supplier;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Puts deliveries where the existing transport software of the sites looks for them: a DocumentReference that carries the
 * project identifier, and a Binary with the encrypted file.
 */
final class Handover {

    /** System of the identifiers of data use projects, by which the transport software finds a delivery. */
    static final String PROJECT_IDENTIFIER = "http://medizininformatik-initiative.de/sid/project-identifier";

    /** A Binary is one string of JSON; four characters for three bytes stay below what is read. */
    private static final long BYTES_MAX = FhirJson.MAX_STRING_LENGTH / 4L * 3 - 16;

    private static final String OCTETS = "application/octet-stream";

    private final Supplier<Store> store;

    Handover(Supplier<Store> store) {
        this.store = store;
    }

    /** Writes a released delivery into the store, in one transaction. */
    Outcome put(DeliveryVault vault, Released<Ticket<Delivery>> ticket, Instant now) throws IOException {
        Delivery delivery = ticket.content().delivery();
        if (delivery.files().stream().anyMatch(file -> file.bytes() > BYTES_MAX)) {
            return Outcome.refused("size");
        }
        List<ResourceWrite> writes = new ArrayList<>();
        ObjectNode document = document(delivery, now);
        for (int i = 0; i < delivery.files().size(); i++) {
            Delivery.SealedFile file = delivery.files().get(i);
            String id = "delivery-" + delivery.id() + "-" + (i + 1);
            ObjectNode binary = JsonNodeFactory.instance.objectNode();
            binary.put("resourceType", "Binary");
            binary.put("id", id);
            binary.put("contentType", OCTETS);
            binary.put("data", Base64.getEncoder().encodeToString(vault.whole(ticket, file)));
            writes.add(new ResourceWrite(new ResourceKey("Binary", id), FhirJson.write(binary), null, List.of()));
            document.withArray("content")
                    .addObject()
                    .putObject("attachment")
                    .put("contentType", OCTETS)
                    .put("url", "Binary/" + id)
                    .put("size", file.bytes())
                    .put("title", file.name());
        }
        writes.add(new ResourceWrite(
                new ResourceKey("DocumentReference", document.path("id").asString()),
                FhirJson.write(document),
                null,
                List.of(new ResourceWrite.Identifier(PROJECT_IDENTIFIER, delivery.project()))));
        store.get().write(writes);
        return Outcome.done();
    }

    private static ObjectNode document(Delivery delivery, Instant now) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("resourceType", "DocumentReference");
        document.put("id", "delivery-" + delivery.id());
        document.putObject("masterIdentifier").put("system", PROJECT_IDENTIFIER).put("value", delivery.project());
        document.put("status", "current");
        document.put("docStatus", "final");
        document.put("date", now.toString());
        return document;
    }
}
