package allmende.app.fhirapi;

import allmende.core.fhir.FhirJson;
import allmende.core.fhir.JsonPatch;
import allmende.core.fhir.JsonRead;
import allmende.core.fhir.MetaSplice;
import allmende.core.fhir.ResourceKey;
import allmende.engine.load.Arrival;
import allmende.engine.load.Arrival.IdRule;
import allmende.engine.load.Intake;
import allmende.engine.load.ResourceNames;
import allmende.engine.store.Expectation;
import allmende.engine.store.History;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Finds out which resource each change is about and what must hold of it, given the store as it is now. */
final class ChangePlanner {

    private final History history;
    private final Intake intake;
    private final Criteria criteria;
    private final int operationsMax;

    ChangePlanner(History history, Intake intake, Criteria criteria, int operationsMax) {
        this.history = history;
        this.intake = intake;
        this.criteria = criteria;
        this.operationsMax = operationsMax;
    }

    /**
     * A change with its resource.
     *
     * @param arrival what goes to the store; null where nothing does
     * @param expected null where the caller expects nothing
     * @param there the resource that is there already and stays as it is
     */
    record Plan(
            Change change,
            @Nullable Arrival arrival,
            @Nullable Expectation expected,
            History.@Nullable Entry there) {}

    /**
     * Plans.
     *
     * @throws FhirProblem if it can't be done
     */
    Plan plan(Change change) {
        return switch (change) {
            case Change.Create create -> create(create);
            case Change.Update update ->
                switch (update.target()) {
                    case Change.Target.ById(String id) ->
                        update(update, new ResourceKey(update.type(), id), IdRule.SAME);
                    case Change.Target.ByQuery(String query) -> updateFound(update, query);
                };
            case Change.Patch patch -> patch(patch);
            case Change.Delete delete -> delete(delete);
        };
    }

    private Plan create(Change.Create create) {
        String ifNoneExist = create.ifNoneExist();
        if (ifNoneExist != null) {
            String query = ifNoneExist.substring(ifNoneExist.indexOf('?') + 1);
            ResourceKey found = one(create.type(), query);
            if (found != null) {
                History.Entry there = history.newest(found, Long.MAX_VALUE)
                        .orElseThrow(() -> FhirProblem.unmet("The resource that was found is gone."));
                Arrival known = create.content() instanceof Change.Content.InBundle(var entry)
                        ? Arrival.known(found, entry)
                        : null;
                return new Plan(create, known, null, there);
            }
        }
        ResourceKey key = new ResourceKey(create.type(), UUID.randomUUID().toString());
        return new Plan(create, arrival(key, create.content(), IdRule.REPLACED), null, null);
    }

    private Plan update(Change.Update update, ResourceKey key, IdRule rule) {
        return new Plan(update, arrival(key, update.content(), rule), expected(key, update.conditions()), null);
    }

    private Plan updateFound(Change.Update update, String query) {
        ResourceKey found = one(update.type(), query);
        if (found != null) {
            return update(update, found, IdRule.SAME_IF_THERE);
        }
        if (update.conditions().ifMatch() != null) {
            throw FhirProblem.unmet("No resource meets the criteria, so none has the version that If-Match names.");
        }
        String ownId = ownId(update.content());
        if (ownId == null) {
            ResourceKey key = new ResourceKey(update.type(), UUID.randomUUID().toString());
            return new Plan(update, arrival(key, update.content(), IdRule.REPLACED), null, null);
        }
        if (!ResourceNames.isId(ownId)) {
            throw FhirProblem.of(400, "value", "An id has 1 to 64 letters, digits, hyphens and dots.", "id");
        }
        ResourceKey key = new ResourceKey(update.type(), ownId);
        return new Plan(update, arrival(key, update.content(), IdRule.SAME), Expectation.absent(key), null);
    }

    private static @Nullable String ownId(Change.Content content) {
        return switch (content) {
            case Change.Content.Alone(byte[] json) ->
                Intake.head(json).map(Intake.Head::id).orElse(null);
            case Change.Content.InBundle(var entry) -> entry.resourceId();
        };
    }

    private Plan patch(Change.Patch patch) {
        ResourceKey key =
                switch (patch.target()) {
                    case Change.Target.ById(String id) -> new ResourceKey(patch.type(), id);
                    case Change.Target.ByQuery(String query) -> one(patch.type(), query);
                };
        History.Entry entry =
                key == null ? null : history.newest(key, Long.MAX_VALUE).orElse(null);
        if (key == null || entry == null) {
            throw FhirProblem.notFound("There is no such " + patch.type() + " to be patched.");
        }
        byte[] body = entry.body();
        if (body == null) {
            throw FhirProblem.of(410, "deleted", "This resource was deleted.");
        }
        Expectation asRead = new Expectation(key, entry.version());
        Expectation expected = expected(key, patch.conditions());
        if (expected != null && !expected.equals(asRead)) {
            throw FhirProblem.unmet("The resource has version " + entry.version() + " now.");
        }
        return new Plan(
                patch,
                Arrival.of(
                        key,
                        patched(MetaSplice.stamped(body, entry.version(), entry.at()), patch.patch()),
                        IdRule.SAME),
                asRead,
                null);
    }

    private byte[] patched(byte[] body, byte[] patch) {
        JsonNode operations =
                switch (FhirJson.read(patch)) {
                    case JsonRead.Parsed(JsonNode tree) -> tree;
                    case JsonRead.Malformed malformed ->
                        throw FhirProblem.of(400, "structure", "The patch is no JSON: " + malformed + ".");
                };
        if (operations.size() > operationsMax) {
            throw FhirProblem.tooLarge("A patch has at most " + operationsMax + " operations.");
        }
        return switch (JsonPatch.apply(FhirJson.parse(body), operations)) {
            case JsonPatch.Outcome.Patched(JsonNode document) -> FhirJson.write(document);
            case JsonPatch.Outcome.Malformed(int operation, String reason) ->
                throw FhirProblem.of(400, "structure", sentence(operation, reason));
            case JsonPatch.Outcome.Failed(int operation, String reason) ->
                throw FhirProblem.of(422, "processing", sentence(operation, reason));
        };
    }

    private static String sentence(int operation, String reason) {
        return operation < 0
                ? "The patch can't be used: " + reason + "."
                : "Operation " + operation + " of the patch: " + reason + ".";
    }

    private Plan delete(Change.Delete delete) {
        ResourceKey key =
                switch (delete.target()) {
                    case Change.Target.ById(String id) -> new ResourceKey(delete.type(), id);
                    case Change.Target.ByQuery(String query) -> one(delete.type(), query);
                };
        return key == null
                ? new Plan(delete, null, null, null)
                : new Plan(delete, Arrival.deletion(key), expected(key, delete.conditions()), null);
    }

    private @Nullable ResourceKey one(String type, String query) {
        List<ResourceKey> found = criteria.find(intake, type, query);
        if (found.size() > 1) {
            throw FhirProblem.of(412, "multiple-matches", "Several resources meet the criteria; one at most may.");
        }
        return found.isEmpty() ? null : found.getFirst();
    }

    private static @Nullable Expectation expected(ResourceKey key, Change.Conditions conditions) {
        if (conditions.ifMatch() != null) {
            return new Expectation(key, ETags.version(conditions.ifMatch()));
        }
        if (conditions.ifNoneMatch() != null) {
            if (!conditions.ifNoneMatch().strip().equals("*")) {
                throw FhirProblem.notSupported("If-None-Match of a write is * and nothing else.");
            }
            return Expectation.absent(key);
        }
        return null;
    }

    private static Arrival arrival(ResourceKey key, Change.Content content, IdRule rule) {
        return switch (content) {
            case Change.Content.Alone(byte[] json) -> Arrival.of(key, json, rule);
            case Change.Content.InBundle(var entry) -> Arrival.of(key, entry, rule);
        };
    }
}
