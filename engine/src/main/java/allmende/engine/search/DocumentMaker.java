package allmende.engine.search;

import allmende.core.fhir.FhirJson;
import allmende.core.path.Item;
import allmende.core.path.PathFault;
import allmende.engine.store.FeedVersion;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.LongField;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.SortedSetDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.util.BytesRef;
import tools.jackson.databind.JsonNode;

/** Makes of one version of a resource what the index keeps of it. Stateless; one per model. */
final class DocumentMaker {

    private final TypeModel model;
    private final List<Rooted> fields;

    DocumentMaker(TypeModel model) {
        this.model = model;
        this.fields = model.fields().stream()
                .map(field -> new Rooted(field, field.roots()))
                .toList();
    }

    /** A field, and the elements without which it has no values. */
    private record Rooted(Field field, Set<String> roots) {
        boolean isIn(Set<String> elements) {
            for (String root : roots) {
                if (root.isEmpty() || elements.contains(root)) {
                    return true;
                }
            }
            return false;
        }
    }

    /** The document of a version that is no deletion. */
    Document make(FeedVersion version) {
        Document document = new Document();
        addSystemFields(document, version);
        JsonNode tree = FhirJson.parse(Objects.requireNonNull(version.body()));
        Item resource = Item.Element.of(tree);
        Set<String> elements = elements(tree);
        Set<String> present = new LinkedHashSet<>();
        for (Rooted rooted : fields) {
            Field field = rooted.field();
            List<Item> values = rooted.isIn(elements) ? values(field, resource) : List.of();
            if (!values.isEmpty()) {
                present.add(field.name());
                add(document, field, values);
            }
        }
        for (Param.Tuple.Repeated tuple : model.tuples()) {
            Composites.Said said = said(tuple, resource);
            said.terms().forEach(term -> term(document, tuple.name(), term));
            SpanField.add(document, tuple.name(), said.spans(), false);
        }
        present.forEach(name -> term(document, Names.PRESENT, name));
        return document;
    }

    /** Names of what a resource holds, and of the choices of which that may be a form: {@code value} for {@code valueQuantity}. */
    private static Set<String> elements(JsonNode resource) {
        Set<String> elements = new HashSet<>();
        for (String property : resource.propertyNames()) {
            String name = property.startsWith("_") ? property.substring(1) : property;
            elements.add(name);
            for (int i = 1; i < name.length(); i++) {
                if (Character.isUpperCase(name.charAt(i))) {
                    elements.add(name.substring(0, i));
                }
            }
        }
        return elements;
    }

    /** Damaged data has no values rather than no place in the index. */
    private static List<Item> values(Field field, Item resource) {
        try {
            return field.values(resource, resource);
        } catch (PathFault unexpected) {
            return List.of();
        }
    }

    private static Composites.Said said(Param.Tuple.Repeated tuple, Item resource) {
        try {
            return Composites.of(tuple, resource);
        } catch (PathFault unexpected) {
            return new Composites.Said(Set.of(), Set.of());
        }
    }

    private static void addSystemFields(Document document, FeedVersion version) {
        document.add(
                new StringField(Names.RID, Terms.number(version.rid()), org.apache.lucene.document.Field.Store.NO));
        document.add(NumericDocValuesField.indexedField(Names.RID, version.rid()));
        document.add(new StringField(
                Names.VERSION,
                Terms.version(version.rid(), version.number()),
                org.apache.lucene.document.Field.Store.NO));
        document.add(new NumericDocValuesField(Names.NUMBER, version.number()));
        document.add(NumericDocValuesField.indexedField(Names.FROM, version.t()));
        document.add(new LongField(
                Names.KEY,
                Hash.of(version.key().type(), version.key().id()),
                org.apache.lucene.document.Field.Store.NO));
        term(document, SystemParams.ID, version.key().id());
        document.add(new SortedDocValuesField(
                SystemParams.ID, new BytesRef(Terms.bounded(version.key().id()))));
        long at = version.at().toEpochMilli();
        SpanField.add(document, SystemParams.LAST_UPDATED, List.of(new Span(0, at, at)), true);
    }

    private static void add(Document document, Field field, List<Item> values) {
        String name = field.name();
        switch (field.type()) {
            case TOKEN -> addTokens(document, field, values);
            case STRING -> addTexts(document, name, values);
            case URI -> addUris(document, name, values);
            case REFERENCE -> addReferences(document, field, values);
            case DATE, NUMBER, QUANTITY -> {
                Set<Span> spans = new LinkedHashSet<>();
                values.forEach(value -> spans.addAll(Composites.spans(field.type(), value)));
                SpanField.add(document, name, spans, true);
            }
            case COMPOSITE -> {}
        }
    }

    private static void addTokens(Document document, Field field, List<Item> values) {
        String name = field.name();
        String system = field.system();
        Set<String> terms = new LinkedHashSet<>();
        Set<String> texts = new LinkedHashSet<>();
        Set<String> ofType = new LinkedHashSet<>();
        for (Item value : values) {
            TokenTerms.of(value, system).forEach(token -> terms.addAll(token.terms()));
            TokenTerms.texts(value).forEach(text -> texts.add(Texts.folded(text)));
            ofType.addAll(TokenTerms.ofType(value));
        }
        terms.forEach(term -> term(document, name, term));
        texts.forEach(text -> term(document, name + Names.TEXT, text));
        ofType.forEach(term -> term(document, name + Names.OF_TYPE, term));
        terms.stream().filter(TokenTerms::isByCode).forEach(term -> sortable(document, name, term));
    }

    private static void addTexts(Document document, String name, List<Item> values) {
        Set<String> exact = new LinkedHashSet<>();
        values.forEach(value -> exact.addAll(Texts.of(value)));
        Set<String> folded = new LinkedHashSet<>();
        exact.forEach(text -> folded.add(Texts.folded(text)));
        exact.forEach(text -> term(document, name + Names.EXACT, text));
        for (String text : folded) {
            term(document, name, text);
            sortable(document, name, text);
        }
    }

    private static void addUris(Document document, String name, List<Item> values) {
        Set<String> terms = new LinkedHashSet<>();
        for (Item value : values) {
            for (String uri : Texts.of(value)) {
                terms.add(uri);
                int version = uri.indexOf('|');
                if (version > 0) {
                    terms.add(uri.substring(0, version));
                }
            }
        }
        for (String term : terms) {
            term(document, name, term);
            sortable(document, name, term);
        }
    }

    private static void addReferences(Document document, Field field, List<Item> values) {
        Set<String> terms = new LinkedHashSet<>();
        Set<String> identifiers = new LinkedHashSet<>();
        Set<Long> keys = new LinkedHashSet<>();
        for (Item value : values) {
            Refs.identifiers(value).forEach(token -> identifiers.addAll(token.terms()));
            Refs.Ref ref = refOf(field, value);
            if (ref != null) {
                terms.addAll(ref.terms());
                if (ref.key() != null) {
                    keys.add(Hash.of(ref.key().type(), ref.key().id()));
                }
            }
        }
        terms.forEach(term -> term(document, field.name(), term));
        identifiers.forEach(term -> term(document, field.name() + Names.IDENTIFIER, term));
        keys.forEach(key ->
                document.add(new LongField(field.name() + Names.LINK, key, org.apache.lucene.document.Field.Store.NO)));
    }

    private static Refs.@org.jspecify.annotations.Nullable Ref refOf(Field field, Item value) {
        Set<String> targets = new LinkedHashSet<>();
        for (Field.Part part : field.parts()) {
            if (part.targets().isEmpty()) {
                return Refs.of(value, Set.of());
            }
            targets.addAll(part.targets());
        }
        return Refs.of(value, targets);
    }

    private static void term(Document document, String name, String text) {
        document.add(new StringField(name, Terms.bounded(text), org.apache.lucene.document.Field.Store.NO));
    }

    private static void sortable(Document document, String name, String text) {
        document.add(new SortedSetDocValuesField(name + Names.SORT, new BytesRef(Terms.bounded(text))));
    }
}
