package allmende.app.pseudonyms;

import allmende.app.fhirapi.FhirProblem;
import allmende.app.fhirapi.Outcomes;
import allmende.app.pseudonyms.DoorWatch.Need;
import allmende.app.pseudonyms.MiiOperations.Call;
import allmende.core.fhir.FhirJson;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Lists of calls as a Bundle. In a batch each is for itself; pseudonyms of one context are made and read together all the same. A
 * transaction makes and reads pseudonyms of one context, all or none.
 */
final class MiiBundles {

    private static final int ENTRIES_MAX = 50_000;
    private static final int OK = 200;
    private static final int REFUSED = 422;

    private final PseudonymService service;
    private final MiiOperations operations;
    private final DoorWatch watch;

    MiiBundles(PseudonymService service, MiiOperations operations, DoorWatch watch) {
        this.service = service;
        this.operations = operations;
        this.watch = watch;
    }

    /** A call, or why there is none. */
    private record Entry(@Nullable Call call, @Nullable FhirProblem problem) {}

    /**
     * Carries out all calls of a bundle.
     *
     * @throws FhirProblem if the bundle can't be, or something in a transaction
     */
    ObjectNode answer(JsonNode bundle) {
        String type = bundle.path("type").asString("");
        boolean transaction = type.equals("transaction");
        if (!transaction && !type.equals("batch")) {
            throw FhirProblem.invalid("Bundles of type batch or transaction are carried out.", "Bundle.type");
        }
        int max = transaction ? PseudonymService.AT_ONCE : ENTRIES_MAX;
        if (bundle.path("entry").size() > max) {
            throw FhirProblem.tooLarge("Such a bundle has at most " + max + " entries.");
        }
        List<Entry> entries = new ArrayList<>();
        bundle.path("entry").forEach(entry -> entries.add(entry(entry)));
        if (transaction) {
            requireOneContext(entries);
        }
        Map<Group, Result<Map<String, String>>> results = together(entries, transaction);
        ObjectNode answer = FhirJson.mapper()
                .createObjectNode()
                .put("resourceType", "Bundle")
                .put("type", type + "-response");
        ArrayNode list = answer.putArray("entry");
        for (Entry entry : entries) {
            try {
                JsonNode resource = carriedOut(entry, results);
                list.addObject().set("resource", resource).putObject("response").put("status", "200 OK");
            } catch (FhirProblem problem) {
                if (transaction) {
                    throw problem;
                }
                list.addObject()
                        .putObject("response")
                        .put("status", Integer.toString(problem.status()))
                        .set("outcome", Outcomes.tree(problem.issues()));
            }
        }
        return answer;
    }

    private static Entry entry(JsonNode entry) {
        String url = entry.path("request").path("url").asString("");
        MiiOperation operation =
                MiiOperation.ofAddress(url.substring(url.lastIndexOf('/') + 1)).orElse(null);
        if (operation == null
                || !entry.path("request").path("method").asString("").equals("POST")) {
            return new Entry(null, FhirProblem.notSupported("An entry is a POST to one of the operations."));
        }
        try {
            return new Entry(Call.of(operation, entry.path("resource")), null);
        } catch (FhirProblem problem) {
            return new Entry(null, problem);
        }
    }

    private static void requireOneContext(List<Entry> entries) {
        Set<String> contexts = new HashSet<>();
        for (Entry entry : entries) {
            Call call = entry.call();
            if (call == null) {
                throw entry.problem() == null ? FhirProblem.invalid("An entry can't be understood.") : entry.problem();
            }
            contexts.add(call.context().text());
            if (!call.makesOne() && call.operation() != MiiOperation.GET_PSEUDONYM) {
                throw FhirProblem.notSupported(
                        "A transaction holds $pseudonymize and $get-pseudonym. Send the others as a batch.");
            }
        }
        if (contexts.size() > 1) {
            throw FhirProblem.notSupported("A transaction is about one context. Send several as a batch.");
        }
    }

    /** Calls that are carried out together: those that make, or those that read, in one context. */
    private record Group(boolean make, String context) {

        private MiiOperation operation() {
            return make ? MiiOperation.PSEUDONYMIZE : MiiOperation.GET_PSEUDONYM;
        }
    }

    /** The group of a call; null where it is carried out by itself. */
    private static @Nullable Group group(@Nullable Call call) {
        if (call == null || !(call.makesOne() || call.operation() == MiiOperation.GET_PSEUDONYM)) {
            return null;
        }
        return new Group(call.makesOne(), call.context().text());
    }

    /**
     * What came of the groups. In a transaction what is to be read is looked for first, and nothing is made where something
     * is missing or refused.
     */
    private Map<Group, Result<Map<String, String>>> together(List<Entry> entries, boolean transaction) {
        Map<Group, Set<String>> wanted =
                new TreeMap<>(Comparator.comparing(Group::make).thenComparing(Group::context));
        for (Entry entry : entries) {
            Group group = group(entry.call());
            if (entry.call() != null && group != null) {
                wanted.computeIfAbsent(group, _ -> new HashSet<>())
                        .add(entry.call().value().text());
            }
        }
        wanted.keySet()
                .forEach(group -> watch.require(
                        group.make() ? Need.MAKE : Need.READ, group.operation().code()));
        Map<Group, Result<Map<String, String>>> results = new HashMap<>();
        wanted.forEach((group, originals) -> {
            Result<Map<String, String>> result = group.make()
                    ? service.create(group.context(), originals)
                    : service.find(group.context(), originals);
            boolean done = result instanceof Result.Done<Map<String, String>>;
            watch.told(group.operation().code(), done ? group.context() : null, originals.size(), done ? OK : REFUSED);
            if (transaction && Refusals.value(result).size() < originals.size()) {
                throw Refusals.problem(Result.Refusal.NOT_FOUND);
            }
            results.put(group, result);
        });
        return results;
    }

    private JsonNode carriedOut(Entry entry, Map<Group, Result<Map<String, String>>> results) {
        Call call = entry.call();
        if (call == null) {
            throw entry.problem() == null ? FhirProblem.invalid("An entry can't be understood.") : entry.problem();
        }
        Group group = group(call);
        Result<Map<String, String>> together = group == null ? null : results.get(group);
        return switch (together) {
            case null -> operations.answer(call);
            case Result.Done<Map<String, String>>(var pseudonyms) -> MiiOperations.single(call, pseudonyms);
            case Result.Refused<Map<String, String>>(var refusal) -> {
                if (!refusal.ofOneValue()) {
                    throw Refusals.problem(refusal);
                }
                yield operations.answer(call); // tells the entries apart that can be from those that can't
            }
        };
    }
}
