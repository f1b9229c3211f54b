package allmende.engine.search;

import allmende.core.path.Item;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What the components of a repeating element say together. Each combination of their values is one term; where one
 * component is a number or a time, it is a span under the hash of the others' terms.
 */
final class Composites {

    /** Between the terms of the components. */
    static final char SEPARATOR = '\1';

    /** Combinations of one element beyond which it is damage. */
    private static final int COMBINATIONS_MAX = 10_000;

    private Composites() {}

    /** Whether values of the type are spans, and not terms. */
    static boolean isSpan(ParamType type) {
        return type == ParamType.DATE || type == ParamType.NUMBER || type == ParamType.QUANTITY;
    }

    /** What a resource says in a composite: terms, and spans. */
    record Said(Set<String> terms, Set<Span> spans) {}

    static Said of(Param.Tuple.Repeated tuple, Item resource) {
        Said said = new Said(new LinkedHashSet<>(), new LinkedHashSet<>());
        for (Item element : tuple.elements().values(resource, resource)) {
            combine(tuple.components(), element, resource, said);
        }
        return said;
    }

    private static void combine(List<Field> components, Item element, Item resource, Said said) {
        List<String> terms = List.of("");
        List<Span> spans = new ArrayList<>();
        boolean spanned = false;
        for (Field component : components) {
            List<Item> values = component.values(element, resource);
            if (isSpan(component.type())) {
                spanned = true;
                values.forEach(value -> spans.addAll(spans(component.type(), value)));
            } else {
                terms = combined(terms, terms(component.type(), values));
            }
        }
        if (!spanned) {
            said.terms().addAll(terms);
            return;
        }
        for (String term : terms) {
            for (Span span : spans) {
                said.spans().add(new Span(key(term, span.key()), span.first(), span.last()));
            }
        }
    }

    /** The key of spans that belong to terms of other components. */
    static long key(String terms, long spanKey) {
        return Hash.of(terms) * 31 + spanKey;
    }

    private static List<String> combined(List<String> before, List<String> next) {
        List<String> all = new ArrayList<>();
        for (String first : before) {
            for (String second : next) {
                if (all.size() < COMBINATIONS_MAX) {
                    all.add(first + SEPARATOR + second);
                }
            }
        }
        return all;
    }

    /** The spans of an item under a number's or a time's own keys. */
    static List<Span> spans(ParamType type, Item value) {
        if (type != ParamType.DATE) {
            return Amounts.of(value);
        }
        if (!(value instanceof Item.Element(JsonNode json, var _, var _))) {
            return List.of();
        }
        Moments.Stretch stretch = Moments.of(json);
        return stretch == null ? List.of() : List.of(new Span(0, stretch.first(), stretch.last()));
    }

    private static List<String> terms(ParamType type, List<Item> values) {
        List<String> terms = new ArrayList<>();
        for (Item value : values) {
            switch (type) {
                case TOKEN -> TokenTerms.of(value).forEach(token -> terms.addAll(token.terms()));
                case REFERENCE -> {
                    Refs.Ref ref = Refs.of(value, Set.of());
                    if (ref != null) {
                        terms.addAll(ref.terms());
                    }
                }
                case STRING -> Texts.of(value).forEach(text -> terms.add(Texts.folded(text)));
                case URI -> terms.addAll(Texts.of(value));
                case DATE, NUMBER, QUANTITY, COMPOSITE -> {}
            }
        }
        return terms;
    }
}
