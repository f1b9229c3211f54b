package allmende.engine.load;

import allmende.core.fhir.Reference;
import allmende.core.fhir.ResourceKey;
import org.jspecify.annotations.Nullable;

/** What an entry's request asks for, or why that can't be done. A pure function of the entry's head and the bundle. */
sealed interface EntryAction {

    /** It can be done. */
    record Planned(Action action) implements EntryAction {}

    /** It can't. */
    record Impossible(Rejection rejection) implements EntryAction {}

    static EntryAction of(EntryHead head, BundlePlan plan, int index) {
        if (plan.kind() == BundleKind.COLLECTION) {
            return ofUnrequested(head, plan, index);
        }
        String method = head.method();
        String url = head.url();
        if (method == null || url == null) {
            return impossible(RejectionCode.INVALID_ENTRY, "an entry of a transaction or batch needs method and url");
        }
        if (head.conditions()) {
            return impossible(
                    RejectionCode.UNSUPPORTED_REQUEST,
                    "preconditions on versions or times (ifMatch, ifNoneMatch, ifModifiedSince) are not supported");
        }
        return switch (method) {
            case "PUT" -> ofPut(head, url, plan, index);
            case "POST" -> ofPost(head, url, plan, index);
            case "DELETE" -> ofDelete(url);
            default -> impossible(RejectionCode.UNSUPPORTED_REQUEST, "only PUT, POST and DELETE are loaded");
        };
    }

    private static EntryAction ofUnrequested(EntryHead head, BundlePlan plan, int index) {
        EntryAction fault = faultOfResource(head, head.type());
        if (fault != null) {
            return fault;
        }
        String id = head.id() == null ? plan.newId(head, index) : head.id();
        return write(String.valueOf(head.type()), id);
    }

    private static EntryAction ofPut(EntryHead head, String url, BundlePlan plan, int index) {
        int query = url.indexOf('?');
        if (query >= 0) {
            return ofConditionalPut(head, url, plan, index);
        }
        ResourceKey key = Reference.parse(withoutSlash(url)).resourceKey();
        if (key == null || url.contains("/_history/")) {
            return impossible(RejectionCode.INVALID_ENTRY, "the url of a PUT is Type/id or Type?identifier=…");
        }
        EntryAction fault = faultOfResource(head, key.type());
        if (fault != null) {
            return fault;
        }
        if (head.id() == null) {
            return impossible(RejectionCode.MISSING_ID, "a resource that is PUT has an id");
        }
        return head.id().equals(key.id())
                ? new Planned(new Action.Write(key))
                : impossible(RejectionCode.ID_MISMATCH, "the resource's id differs from the one in the url");
    }

    private static EntryAction ofConditionalPut(EntryHead head, String url, BundlePlan plan, int index) {
        String type = withoutSlash(url).substring(0, withoutSlash(url).indexOf('?'));
        EntryAction fault = faultOfResource(head, type);
        if (fault != null) {
            return fault;
        }
        ConditionalQuery query = ConditionalQuery.parse(type, url);
        if (query == null) {
            return unsupportedCondition();
        }
        boolean ownId = head.id() != null;
        String id = head.id() == null ? plan.newId(head, index) : head.id();
        return Ids.isLegal(id)
                ? new Planned(new Action.WriteMatch(query, new ResourceKey(type, id), ownId))
                : illegalId();
    }

    private static EntryAction ofPost(EntryHead head, String url, BundlePlan plan, int index) {
        String type = withoutSlash(url);
        EntryAction fault = faultOfResource(head, type);
        if (fault != null) {
            return fault;
        }
        ResourceKey key = new ResourceKey(type, plan.newId(head, index));
        if (head.ifNoneExist() == null) {
            return new Planned(new Action.Write(key));
        }
        ConditionalQuery query = ConditionalQuery.parse(type, head.ifNoneExist());
        return query == null ? unsupportedCondition() : new Planned(new Action.CreateIfNone(query, key));
    }

    private static EntryAction ofDelete(String url) {
        return switch (Reference.parse(withoutSlash(url))) {
            case Reference.Relative(ResourceKey key)
            when ResourceTypes.isKnown(key.type()) -> new Planned(new Action.Delete(key));
            case Reference.Conditional(String type, String search)
            when ResourceTypes.isKnown(type) -> {
                ConditionalQuery query = ConditionalQuery.parse(type, search);
                yield query == null ? unsupportedCondition() : new Planned(new Action.DeleteMatch(query));
            }
            case Reference.Relative _, Reference.Conditional _ ->
                impossible(RejectionCode.UNKNOWN_RESOURCE_TYPE, "the url names no resource type of FHIR R4");
            case Reference.Absolute _, Reference.Bundle _, Reference.Contained _, Reference.Unintelligible _ ->
                impossible(RejectionCode.INVALID_ENTRY, "the url of a DELETE is Type/id or Type?identifier=…");
        };
    }

    private static EntryAction write(String type, String id) {
        return Ids.isLegal(id) ? new Planned(new Action.Write(new ResourceKey(type, id))) : illegalId();
    }

    /** What is wrong with the resource as far as the request goes. */
    private static @Nullable EntryAction faultOfResource(EntryHead head, @Nullable String requested) {
        if (head.resource() == null) {
            return impossible(RejectionCode.INVALID_ENTRY, "the entry holds no resource");
        }
        if (head.type() == null || !ResourceTypes.isKnown(head.type())) {
            return impossible(
                    RejectionCode.UNKNOWN_RESOURCE_TYPE, "resourceType is absent or no resource type of FHIR R4");
        }
        return head.type().equals(requested)
                ? null
                : impossible(RejectionCode.TYPE_MISMATCH, "resourceType differs from the type in the url");
    }

    private static String withoutSlash(String url) {
        return url.startsWith("/") ? url.substring(1) : url;
    }

    private static EntryAction illegalId() {
        return impossible(RejectionCode.ILLEGAL_ID, Rejection.ID_RULE);
    }

    private static EntryAction unsupportedCondition() {
        return impossible(
                RejectionCode.UNSUPPORTED_CONDITION, "a condition can only be one identifier: identifier=system|value");
    }

    private static EntryAction impossible(RejectionCode code, String reason) {
        return new Impossible(new Rejection(code, reason));
    }
}
