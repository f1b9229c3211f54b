package allmende.engine.load;

import allmende.core.fhir.FhirJson;
import allmende.core.fhir.ResourceKey;
import allmende.engine.store.ResourceWrite;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Settles what depends on the store: conditions of requests, and references that search. */
final class Settler {

    private final StoreMatches stored;
    private final Pending pending;

    /** Within a transaction: what its own conditions found, or created. */
    private final Map<ConditionalQuery, ResourceKey> ofTransaction = new HashMap<>();

    Settler(StoreMatches stored, Pending pending) {
        this.stored = stored;
        this.pending = pending;
    }

    /** What an item amounts to. */
    sealed interface Settled {

        /** A change of the store. */
        record Change(ResourceWrite write) implements Settled {}

        /** It is there already, or gone already. */
        record Nothing() implements Settled {}

        /** It refers to what is not there, but may still come. */
        record Waiting(Rejection rejection) implements Settled {}

        /** It can't be stored. */
        record Refused(Rejection rejection) implements Settled {}
    }

    /** What a query finds. */
    private sealed interface Match {
        record None() implements Match {}

        record One(ResourceKey key) implements Match {}

        record Several() implements Match {}
    }

    /** Begins a transaction: its entries may refer to each other in any order. */
    void begin(List<Item> items) {
        ofTransaction.clear();
        for (Item item : items) {
            if (item instanceof Item.Ready ready && ready.action() instanceof Action.Write write) {
                Item.Body body = require(ready.body());
                pending.announce(new ResourceWrite(write.key(), body.json(), body.patientId(), body.identifiers()));
            }
        }
        for (Item item : items) {
            if (item instanceof Item.Ready ready) {
                switch (ready.action()) {
                    case Action.CreateIfNone create -> note(create.query(), create.key());
                    case Action.WriteMatch match -> note(match.query(), match.key());
                    case Action.Write _, Action.Delete _, Action.DeleteMatch _ -> {}
                }
            }
        }
    }

    /** Ends a transaction. */
    void end() {
        ofTransaction.clear();
        pending.endAnnouncement();
    }

    private void note(ConditionalQuery query, ResourceKey otherwise) {
        switch (match(query)) {
            case Match.None _ -> ofTransaction.put(query, otherwise);
            case Match.One(ResourceKey key) -> ofTransaction.put(query, key);
            case Match.Several _ -> {}
        }
    }

    Settled settle(Item.Ready item) {
        Item.Body body = item.body();
        return switch (item.action()) {
            case Action.Delete delete -> deletion(delete.key());
            case Action.DeleteMatch delete ->
                switch (match(delete.query())) {
                    case Match.None _ -> new Settled.Nothing();
                    case Match.One(ResourceKey key) -> deletion(key);
                    case Match.Several _ -> ambiguous("the condition of the request");
                };
            case Action.Write write -> finish(write.key(), require(body));
            case Action.CreateIfNone create ->
                switch (match(create.query())) {
                    case Match.None _ -> finish(create.key(), require(body));
                    case Match.One(ResourceKey key)
                    when key.equals(create.key()) && isNew(create) -> finish(key, require(body));
                    case Match.One _ -> new Settled.Nothing();
                    case Match.Several _ -> ambiguous("ifNoneExist");
                };
            case Action.WriteMatch write ->
                switch (match(write.query())) {
                    case Match.None _ -> finish(write.key(), require(body));
                    case Match.One(ResourceKey key) when key.equals(write.key()) -> finish(key, require(body));
                    case Match.One(ResourceKey key) when !write.ownId() -> finish(key, renamed(require(body), key));
                    case Match.One _ ->
                        new Settled.Refused(new Rejection(
                                RejectionCode.ID_MISMATCH,
                                "the resource's id differs from that of the one it is to update"));
                    case Match.Several _ -> ambiguous("the condition of the request");
                };
        };
    }

    /** Within a transaction its own conditional creations are noted beforehand; whether it is there tells the store. */
    private boolean isNew(Action.CreateIfNone create) {
        return ofTransaction.containsKey(create.query())
                && pending.match(create.query(), stored.find(create.query())).isEmpty();
    }

    private Match match(ConditionalQuery query) {
        ResourceKey own = ofTransaction.get(query);
        if (own != null) {
            return new Match.One(own);
        }
        Set<ResourceKey> keys = pending.match(query, stored.find(query));
        return switch (keys.size()) {
            case 0 -> new Match.None();
            case 1 -> new Match.One(keys.iterator().next());
            default -> new Match.Several();
        };
    }

    private Settled finish(ResourceKey key, Item.Body body) {
        if (body.open().isEmpty()) {
            return new Settled.Change(new ResourceWrite(key, body.json(), body.patientId(), body.identifiers()));
        }
        Map<ConditionalQuery, ResourceKey> found = new HashMap<>();
        boolean namesPatient = false;
        for (ConditionalQuery query : body.open()) {
            switch (match(query)) {
                case Match.None _ -> {
                    return new Settled.Waiting(new Rejection(
                            RejectionCode.UNRESOLVED_REFERENCE,
                            "a reference to a " + query.type() + " by identifier finds none"));
                }
                case Match.Several _ -> {
                    return ambiguous("a reference to a " + query.type() + " by identifier");
                }
                case Match.One(ResourceKey target) -> {
                    found.put(query, target);
                    namesPatient |= target.type().equals("Patient");
                }
            }
        }
        byte[] json = OpenReferences.replace(body.json(), found);
        String patientId = namesPatient ? BodyMaker.patientId(FhirJson.parse(json)) : body.patientId();
        return new Settled.Change(new ResourceWrite(key, json, patientId, body.identifiers()));
    }

    private static Item.Body renamed(Item.Body body, ResourceKey key) {
        ObjectNode resource = BodyMaker.withId((ObjectNode) FhirJson.parse(body.json()), key.id());
        return new Item.Body(FhirJson.write(resource), BodyMaker.patientId(resource), body.identifiers(), body.open());
    }

    private static Settled deletion(ResourceKey key) {
        return new Settled.Change(new ResourceWrite(key, null, null, List.of()));
    }

    private static Settled ambiguous(String what) {
        return new Settled.Refused(new Rejection(RejectionCode.AMBIGUOUS_MATCH, what + " finds several resources"));
    }

    private static Item.Body require(Item.@Nullable Body body) {
        if (body == null) {
            throw new IllegalStateException("Only deletions come without a body");
        }
        return body;
    }
}
