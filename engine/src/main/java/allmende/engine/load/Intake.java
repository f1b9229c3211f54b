package allmende.engine.load;

import allmende.core.fhir.MetaSplice;
import allmende.core.fhir.Reference;
import allmende.core.fhir.ResourceKey;
import allmende.engine.store.ResourceWrite;
import allmende.engine.store.Store;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes what came over HTTP ready for the store, by the same rules as files that are loaded; but what can't be stored is
 * told to the one who sent it instead of being set aside. Safe for several threads.
 */
public final class Intake {

    private static final Unit.Whole NOWHERE = new Unit.Whole(Place.WHOLE, new Raw.Held(Slice.of(new byte[0])));

    private final Store store;
    private final ResourceReader reader;
    private final Searching searching;

    /**
     * An intake.
     *
     * @param resourceBytes the largest resource
     * @param searching finds what references name that search by more than one identifier
     */
    public Intake(Store store, int resourceBytes, Searching searching) {
        this.store = store;
        Limits standard = Limits.STANDARD;
        this.reader = new ResourceReader(new Limits(
                resourceBytes,
                standard.documentBytes(),
                standard.bundleEntries(),
                standard.resourceTokens(),
                standard.inFlightBytes(),
                standard.batchResources(),
                standard.batchBytes(),
                standard.deferred()));
        this.searching = searching;
    }

    /** Searches the store as it is now. */
    public interface Searching {
        /** At most two of the resources that meet a query such as {@code name=x&birthdate=1990}. */
        List<ResourceKey> find(String type, String query);
    }

    /** What came of it. */
    public sealed interface Outcome {

        /** Ready: one write per arrival that changes something, in order. */
        record Ready(List<ResourceWrite> writes) implements Outcome {
            public Ready {
                writes = List.copyOf(writes);
            }
        }

        /**
         * One of them can't be stored, so none is.
         *
         * @param arrival which, as an index
         */
        record Refused(int arrival, Rejection rejection) implements Outcome {}
    }

    /** Type and id of a resource. */
    public record Head(@Nullable String type, @Nullable String id) {}

    /** What a resource says of itself; empty where it is no JSON object. */
    public static Optional<Head> head(byte[] json) {
        EntryHead head = EntryHead.ofResource(Slice.of(json).trim());
        return head == null || json.length == 0 ? Optional.empty() : Optional.of(new Head(head.type(), head.id()));
    }

    /**
     * The one identifier that a query asks for, where it asks for nothing else: who carries it is known to the store.
     * Empty for any other query.
     */
    public Optional<List<ResourceKey>> byIdentifier(String type, String query) {
        ConditionalQuery parsed = ConditionalQuery.parse(type, query);
        return parsed == null || parsed.system().isEmpty()
                ? Optional.empty()
                : Optional.of(store.findByIdentifier(type, parsed.system(), parsed.value()));
    }

    /** Makes all of them ready, which may refer to each other in any order. */
    public Outcome ready(List<Arrival> arrivals) {
        Targets targets = new Targets(arrivals);
        List<Item.Ready> items = new ArrayList<>(arrivals.size());
        List<Integer> places = new ArrayList<>(arrivals.size());
        for (int i = 0; i < arrivals.size(); i++) {
            Arrival arrival = arrivals.get(i);
            if (arrival.isKnown()) {
                continue;
            }
            switch (item(arrival, targets)) {
                case Item.Ready ready -> items.add(ready);
                case Item.Bad bad -> {
                    return new Outcome.Refused(i, bad.rejection());
                }
            }
            places.add(i);
        }
        return settle(items, places);
    }

    private Outcome settle(List<Item.Ready> items, List<Integer> places) {
        Settler settler = new Settler(new StoreMatches(store), new Pending());
        settler.begin(List.copyOf(items));
        List<ResourceWrite> writes = new ArrayList<>(items.size());
        for (int i = 0; i < items.size(); i++) {
            switch (settler.settle(items.get(i))) {
                case Settler.Settled.Change change -> writes.add(change.write());
                case Settler.Settled.Nothing _ -> throw new IllegalStateException("it was told what to do");
                case Settler.Settled.Refused refused -> {
                    return new Outcome.Refused(places.get(i), refused.rejection());
                }
                case Settler.Settled.Waiting waiting -> {
                    return new Outcome.Refused(places.get(i), waiting.rejection());
                }
            }
        }
        return new Outcome.Ready(writes);
    }

    private Item item(Arrival arrival, Targets targets) {
        Slice bytes = arrival.bytes();
        if (bytes == null) {
            return new Item.Ready(Place.WHOLE, NOWHERE.raw(), new Action.Delete(arrival.key()), null);
        }
        return reader.read(bytes, read -> switch (read) {
            case ResourceReader.Read.Faulty(Rejection rejection) -> bad(rejection);
            case ResourceReader.Read.Fine fine -> {
                Rejection mismatch = mismatch(arrival, fine);
                yield mismatch == null ? made(arrival, bytes, fine, targets) : bad(mismatch);
            }
        });
    }

    private static Item made(Arrival arrival, Slice bytes, ResourceReader.Read.Fine fine, Targets targets) {
        BodyMaker.Made made =
                BodyMaker.makeBy(bytes, fine.resource(), arrival.key().id(), targets::resolve);
        Rejection fault = targets.takeFault();
        if (fault != null) {
            return bad(fault);
        }
        return switch (made) {
            case BodyMaker.Made.Impossible(Rejection rejection) -> bad(rejection);
            case BodyMaker.Made.Ready(Item.Body body) -> {
                Item.Body plain =
                        new Item.Body(MetaSplice.plain(body.json()), body.patientId(), body.identifiers(), body.open());
                yield new Item.Ready(Place.WHOLE, NOWHERE.raw(), new Action.Write(arrival.key()), plain);
            }
        };
    }

    private static @Nullable Rejection mismatch(Arrival arrival, ResourceReader.Read.Fine fine) {
        if (!fine.type().equals(arrival.key().type())) {
            return new Rejection(
                    RejectionCode.TYPE_MISMATCH, "resourceType differs from the type in the url", "resourceType");
        }
        boolean bad =
                switch (arrival.idRule()) {
                    case REPLACED -> false;
                    case SAME -> !fine.id().equals(arrival.key().id());
                    case SAME_IF_THERE ->
                        !fine.id().isEmpty() && !fine.id().equals(arrival.key().id());
                };
        if (!bad) {
            return null;
        }
        return fine.id().isEmpty()
                ? new Rejection(RejectionCode.MISSING_ID, "a resource that is PUT has an id", "id")
                : new Rejection(
                        RejectionCode.ID_MISMATCH, "the resource's id differs from the one it is to have", "id");
    }

    private static Item bad(Rejection rejection) {
        return new Item.Bad(Place.WHOLE, NOWHERE.raw(), rejection, 1);
    }

    /** What references mean by the bundle, and by searches. */
    private final class Targets {
        private final Map<String, String> literals = new HashMap<>();
        private final Map<String, String> searched = new HashMap<>();
        private @Nullable Rejection fault;

        Targets(List<Arrival> arrivals) {
            for (Arrival arrival : arrivals) {
                String key = arrival.key().toString();
                String fullUrl = arrival.fullUrl();
                if (fullUrl != null) {
                    literals.putIfAbsent(fullUrl, key);
                }
                String own = arrival.ownKey();
                if (own != null && !own.equals(key)) {
                    literals.putIfAbsent(own, key);
                }
            }
        }

        @Nullable
        Rejection takeFault() {
            Rejection taken = fault;
            fault = null;
            return taken;
        }

        @Nullable
        String resolve(String literal) {
            String exact = literals.get(literal);
            if (exact != null) {
                return exact;
            }
            int history = literal.indexOf("/_history/");
            if (history >= 0) {
                return literals.get(literal.substring(0, history));
            }
            if (literal.indexOf('?') > 0
                    && Reference.parse(literal) instanceof Reference.Conditional(String type, String search)
                    && ResourceTypes.isKnown(type)
                    && ConditionalQuery.parse(type, search) == null) {
                return searched.computeIfAbsent(literal, any -> search(type, search));
            }
            return null;
        }

        private String search(String type, String query) {
            List<ResourceKey> found = searching.find(type, query);
            if (found.size() != 1) {
                fault = new Rejection(
                        found.isEmpty() ? RejectionCode.UNRESOLVED_REFERENCE : RejectionCode.AMBIGUOUS_MATCH,
                        "a reference that searches for a " + type + " finds " + (found.isEmpty() ? "none" : "several"));
            }
            return found.isEmpty() ? type + "?" + query : found.getFirst().toString();
        }
    }
}
