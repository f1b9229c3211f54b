package allmende.engine.load;

import allmende.core.fhir.FhirJson;
import allmende.core.fhir.JsonRead;
import allmende.core.fhir.References;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Prepares the entries of bundles. */
final class BundlePreparer {

    private final ResourceReader reader;
    private final Limits limits;

    BundlePreparer(ResourceReader reader, Limits limits) {
        this.reader = reader;
        this.limits = limits;
    }

    /** All entries, for the store to take all or none. */
    Unit prepareTransaction(Input input, Unit.Whole whole, BundlePlan plan, List<Piece.Entry> entries) {
        List<Item.Ready> ready = new ArrayList<>();
        Item.@Nullable Bad first = null;
        for (Piece.Entry entry : entries) {
            Item item = prepareEntry(entry, plan, whole.place().entry(entry.index()), whole.raw());
            switch (item) {
                case Item.Ready fine -> ready.add(fine);
                case Item.Bad bad -> first = first == null ? bad : first;
            }
        }
        if (first != null) {
            return Unit.independent(input, List.of(refuse(whole, first.rejection(), first.place(), entries.size())));
        }
        // FHIR R4, section 3.1.0.11.2: deletions, then creations, then updates
        ready.sort(Comparator.comparingInt(item -> rank(item.action())));
        return new Unit(input, List.copyOf(ready), true, whole);
    }

    /** A transaction that is set aside since one of its entries can't be stored. */
    static Item.Bad refuse(Unit.Whole whole, Rejection cause, Place culprit, int resources) {
        String sentence = culprit.label() + ": " + cause.sentence() + "; a transaction is all or nothing, so its "
                + resources + " entries are set aside together";
        return new Item.Bad(whole.place(), whole.raw(), new Rejection(cause.code(), sentence), resources);
    }

    /** One entry of a batch or collection. */
    Item prepareIndependent(Piece.Entry entry, BundlePlan plan, Place place) {
        return prepareEntry(entry, plan, place, new Raw.Made(() -> piece(entry, plan)));
    }

    Item prepareEntry(Piece.Entry entry, BundlePlan plan, Place place, Raw raw) {
        if (entry.text().length() > limits.resourceBytes()) {
            return new Item.Bad(place, raw, ResourceReader.tooLarge(limits), 1);
        }
        EntryHead head = EntryHead.of(entry.text());
        if (head == null) {
            return new Item.Bad(place, raw, new Rejection(RejectionCode.MALFORMED_JSON, "not JSON"), 1);
        }
        return switch (EntryAction.of(head, plan, entry.index())) {
            case EntryAction.Impossible impossible ->
                new Item.Bad(place, raw, faultInContent(head, impossible.rejection()), 1);
            case EntryAction.Planned(Action action) ->
                plan.isDuplicate(entry.index())
                        ? new Item.Bad(
                                place,
                                raw,
                                new Rejection(
                                        RejectionCode.DUPLICATE_ID,
                                        "an earlier entry of the bundle is about the same resource"),
                                1)
                        : prepare(head, action, plan, new Unit.Whole(place, raw));
        };
    }

    /** What is wrong with the content comes before what is wrong with the request. */
    private Rejection faultInContent(EntryHead head, Rejection ofRequest) {
        if (head.resource() == null) {
            return ofRequest;
        }
        return reader.read(
                head.resource(),
                read -> read instanceof ResourceReader.Read.Faulty(Rejection rejection) ? rejection : ofRequest);
    }

    private Item prepare(EntryHead head, Action action, BundlePlan plan, Unit.Whole whole) {
        String id =
                switch (action) {
                    case Action.Write write -> write.key().id();
                    case Action.CreateIfNone create -> create.key().id();
                    case Action.WriteMatch match -> match.key().id();
                    case Action.Delete _, Action.DeleteMatch _ -> null;
                };
        Slice resource = head.resource();
        if (id == null || resource == null) {
            return new Item.Ready(whole.place(), whole.raw(), action, null);
        }
        return reader.read(resource, read -> switch (read) {
            case ResourceReader.Read.Faulty(Rejection rejection) ->
                new Item.Bad(whole.place(), whole.raw(), rejection, 1);
            case ResourceReader.Read.Fine fine ->
                switch (BodyMaker.make(resource, fine.resource(), id, plan)) {
                    case BodyMaker.Made.Ready(Item.Body body) ->
                        new Item.Ready(whole.place(), whole.raw(), action, body);
                    case BodyMaker.Made.Impossible(Rejection rejection) ->
                        new Item.Bad(whole.place(), whole.raw(), rejection, 1);
                };
        });
    }

    private static int rank(Action action) {
        return switch (action) {
            case Action.Delete _, Action.DeleteMatch _ -> 0;
            case Action.CreateIfNone _ -> 1;
            case Action.Write _, Action.WriteMatch _ -> 2;
        };
    }

    /**
     * An entry as it is kept in quarantine: its bytes as they came, in a bundle of its own, with links that say which
     * bundle it came from and what its references to siblings mean, so that it can be retried alone.
     */
    static byte[] piece(Piece.Entry entry, BundlePlan plan) {
        Map<String, String> links = new LinkedHashMap<>();
        links.put(BundlePlan.ORIGIN, plan.origin(entry.index()));
        EntryHead head = EntryHead.of(entry.text());
        Slice resource = head == null ? null : head.resource();
        if (resource != null
                && FhirJson.read(resource.array(), resource.from(), resource.length())
                        instanceof JsonRead.Parsed(JsonNode tree)) {
            References.rewrite(tree, literal -> {
                String meant = plan.resolve(literal);
                if (meant != null) {
                    links.put(BundlePlan.SIBLING + literal, meant);
                }
                return null;
            });
        }
        ObjectNode bundle = FhirJson.mapper().createObjectNode();
        bundle.put("resourceType", "Bundle").put("type", plan.kind().typeOfPiece());
        links.forEach((relation, url) ->
                bundle.withArray("link").addObject().put("relation", relation).put("url", url));
        byte[] head1 = FhirJson.write(bundle);
        byte[] open = ",\"entry\":[".getBytes(StandardCharsets.US_ASCII);
        byte[] close = "]}".getBytes(StandardCharsets.US_ASCII);
        byte[] text = entry.text().copy();
        return java.nio.ByteBuffer.allocate(head1.length - 1 + open.length + text.length + close.length)
                .put(head1, 0, head1.length - 1)
                .put(open)
                .put(text)
                .put(close)
                .array();
    }
}
