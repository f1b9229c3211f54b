package allmende.engine.search;

import allmende.core.fhir.Reference;
import allmende.core.fhir.ResourceKey;
import allmende.core.path.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * References as terms of the index: {@code Type/id}, the id alone as {@code /id}, a URL in full; canonical references with
 * and without their version.
 */
final class Refs {

    private Refs() {}

    /** What a reference names: a resource, and the terms it is found by. */
    record Ref(@Nullable ResourceKey key, List<String> terms) {}

    /** The reference in an item; null where there is no literal one, or it does not lead to one of the types. */
    static @Nullable Ref of(Item item, Set<String> targets) {
        if (!(item instanceof Item.Element(JsonNode json, var _, var _))) {
            return null;
        }
        JsonNode literal = json.isObject() ? json.get("reference") : json;
        if (literal == null || !literal.isString() || literal.stringValue().isEmpty()) {
            return null;
        }
        Ref ref = literal(literal.stringValue());
        boolean wanted = targets.isEmpty()
                || (ref.key() != null && targets.contains(ref.key().type()));
        return wanted ? ref : null;
    }

    private static Ref literal(String literal) {
        ResourceKey key = Reference.parse(literal).resourceKey();
        List<String> terms = new ArrayList<>(3);
        if (key == null || literal.contains("://")) {
            terms.add(literal);
            int version = literal.indexOf('|');
            if (version > 0) {
                terms.add(literal.substring(0, version));
            }
        }
        if (key != null) {
            terms.add(key.type() + "/" + key.id());
            terms.add("/" + key.id());
        }
        return new Ref(key, terms);
    }

    /** The identifier of a logical reference, as a token. */
    static List<TokenTerms.Token> identifiers(Item item) {
        return item instanceof Item.Element(JsonNode json, var _, var _) && json.has("identifier")
                ? TokenTerms.of(Item.Element.of(json.get("identifier")))
                : List.of();
    }
}
