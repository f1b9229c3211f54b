package allmende.core.path;

import allmende.core.path.Functions.Function;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Functions that FHIR and SQL on FHIR v2 add to FHIRPath. */
final class FhirFunctions {

    private FhirFunctions() {}

    static List<Function> all() {
        return List.of(
                new Function("extension", 1, 1, FhirFunctions::extension),
                new Function("is", 1, 1, (in, args) -> Types.compile(Types.Test.IS, in, args.type(0), args.position())),
                new Function("as", 1, 1, (in, args) -> Types.compile(Types.Test.AS, in, args.type(0), args.position())),
                new Function("hasValue", 0, 0, (in, _) -> scope -> {
                    List<Item> items = in.run(scope);
                    return Items.truth(items.size() == 1 && isValue(items.getFirst()));
                }),
                new Function("getValue", 0, 0, (in, _) -> scope -> {
                    List<Item> items = in.run(scope);
                    return items.size() == 1 && isValue(items.getFirst())
                            ? List.of(items.getFirst().value())
                            : List.of();
                }),
                new Function("getResourceKey", 0, 0, (in, args) -> scope -> {
                    Item resource = Items.single(in.run(scope), args.position());
                    String key = resource == null ? null : resourceKey(resource);
                    return key == null ? List.of() : Items.text(key);
                }),
                new Function("getReferenceKey", 0, 1, FhirFunctions::referenceKey));
    }

    private static boolean isValue(Item item) {
        return !(item.value() instanceof Item.Element);
    }

    private static Op extension(Op in, Arguments args) {
        String written = args.literal(0);
        if (written != null) {
            return scope -> Children.extensions(in.run(scope), written);
        }
        Op url = args.each(0);
        return scope -> {
            String wanted = Items.text(url.run(scope), args.position());
            return wanted == null ? List.of() : Children.extensions(in.run(scope), wanted);
        };
    }

    /** {@code Type/id}, so that keys of different types never meet. */
    private static @Nullable String resourceKey(Item resource) {
        if (!(resource instanceof Item.Element(JsonNode json, var _, var _))) {
            return null;
        }
        String type = json.path("resourceType").stringValue(null);
        String id = json.path("id").stringValue(null);
        return type == null || id == null ? null : type + "/" + id;
    }

    private static Op referenceKey(Op in, Arguments args) {
        String type = args.count() == 0 ? null : args.type(0);
        return scope -> {
            Item reference = Items.single(in.run(scope), args.position());
            String key = reference instanceof Item.Element(JsonNode json, var _, var _)
                    ? key(json.path("reference").stringValue(""), type)
                    : null;
            return key == null ? List.of() : Items.text(key);
        };
    }

    /** The last {@code Type/id} of a relative or absolute reference, without a version; null for any other reference. */
    private static @Nullable String key(String reference, @Nullable String type) {
        int history = reference.indexOf("/_history/");
        String plain = history < 0 ? reference : reference.substring(0, history);
        int slash = plain.lastIndexOf('/');
        if (slash <= 0 || slash == plain.length() - 1) {
            return null;
        }
        String key = plain.substring(plain.lastIndexOf('/', slash - 1) + 1);
        String target = key.substring(0, key.indexOf('/'));
        boolean named = !target.isEmpty() && Character.isUpperCase(target.charAt(0));
        return named && (type == null || type.equals(target)) ? key : null;
    }
}
