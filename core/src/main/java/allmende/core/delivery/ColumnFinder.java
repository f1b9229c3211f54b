package allmende.core.delivery;

import allmende.core.delivery.FhirTypes.Child;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Walks the elements that a group asks for and finds columns, tables of lists, and places of codes. */
final class ColumnFinder {

    /** Elements nest this deep at most; types that hold themselves end here. */
    private static final int MAX_DEPTH = 12;

    private final ElementFacts facts;
    private final List<Draft> drafts = new ArrayList<>();
    private final List<CodeBranch> codes = new ArrayList<>();
    private final List<String> unshown = new ArrayList<>();
    private final ValueColumns values;

    ColumnFinder(ElementFacts facts) {
        this.facts = facts;
        this.values = new ValueColumns(facts, codes);
    }

    /** Where an element stands: in a table's rows, at a path, under a name. */
    record Place(Draft draft, String path, String name, String id) {

        Place below(String step, String called, String element) {
            return new Place(draft, path.isEmpty() ? step : path + "." + step, ColumnNames.join(name, called), element);
        }

        /** The path as an expression; a row itself is {@code $this}. */
        String expression() {
            return path.isEmpty() ? "$this" : path;
        }
    }

    List<Draft> drafts() {
        return drafts;
    }

    List<CodeBranch> codes() {
        return codes;
    }

    List<String> unshown() {
        return unshown;
    }

    void find(RequestNode root, String type) {
        Draft main = Draft.main(type);
        drafts.add(main);
        below(root, type, new Place(main, "", "", type));
    }

    /** The elements that are asked for below one of this type. */
    private void below(RequestNode node, String type, Place place) {
        for (RequestNode child : node.children()) {
            boolean codings = type.equals("CodeableConcept") && child.name().equals("coding");
            if (codings && child.slice().isEmpty()) {
                values.concept(place);
            } else if (codings) {
                slicedCoding(child, place);
            } else {
                requested(child, type, place);
            }
        }
    }

    private void slicedCoding(RequestNode child, Place place) {
        String condition = facts.fact(child.id()).condition();
        String called = ColumnNames.of(child.slice());
        if (condition == null) {
            values.concept(place);
            return;
        }
        values.coding(place.below("coding.where(" + condition + ").first()", called, child.id()));
        values.branch(place);
    }

    private void requested(RequestNode node, String parentType, Place place) {
        String plainId = place.id() + "." + node.name();
        Element element = new Element(parentType, node.name(), node.slice(), plainId, node.id());
        if (node.whole()) {
            element(element, place, null);
            if (node.children().stream()
                    .anyMatch(child -> !child.slice().isEmpty() && child.name().equals("coding"))) {
                element(element, place, node);
            }
            return;
        }
        element(element, place, node);
    }

    /** An element as a parent's type and a profile know it. */
    private record Element(String parentType, String name, String slice, String plainId, String id) {}

    /** Shows an element: all of it, or only what is asked for below it. */
    private void element(Element element, Place place, @Nullable RequestNode only) {
        Child known = FhirTypes.child(element.parentType(), element.name());
        String name = known == null ? element.name() : known.name();
        ElementFact plain = facts.fact(element.plainId());
        ElementFact fact = element.slice().isEmpty() ? plain : facts.fact(element.id());
        boolean extension = name.equals("extension") || name.equals("modifierExtension");
        String step = extension ? extensionStep(name, fact) : step(name, element, fact);
        if (step.isEmpty()) {
            unshown.add(element.id());
            return;
        }
        List<String> types = extension ? List.of("Extension") : types(element, known, fact, plain);
        boolean many = repeats(known, fact, plain, element);
        boolean first =
                !many && (known == null || known.repeats() || !element.slice().isEmpty()) && !FhirTypes.isChoice(name);
        Place here =
                place.below(first ? step + ".first()" : step, called(name, element.slice(), extension), element.id());
        boolean choice = FhirTypes.isChoice(name);
        if (types.isEmpty()) {
            unshown.add(element.id());
        }
        for (String type : types) {
            Place typed = choice
                    ? new Place(
                            here.draft(),
                            here.path() + ".ofType(" + type + ")",
                            ColumnNames.join(here.name(), ColumnNames.type(type)),
                            here.id())
                    : here;
            show(type, typed, many, only);
        }
    }

    private static String called(String name, String slice, boolean extension) {
        if (FhirTypes.isChoice(name)) {
            return ColumnNames.of(FhirTypes.plain(name));
        }
        return extension ? ColumnNames.of(slice) : ColumnNames.join(ColumnNames.of(name), ColumnNames.of(slice));
    }

    private static String step(String name, Element element, ElementFact fact) {
        String plain = FhirTypes.plain(name);
        return element.slice().isEmpty() || FhirTypes.isChoice(name) || fact.condition() == null
                ? plain
                : plain + ".where(" + fact.condition() + ")";
    }

    private static String extensionStep(String name, ElementFact fact) {
        if (fact.extensions().size() == 1 && name.equals("extension")) {
            return "extension(" + Conditions.text(fact.extensions().getFirst()) + ")";
        }
        return fact.extensions().isEmpty()
                ? ""
                : name + ".where("
                        + fact.extensions().stream()
                                .map(url -> "url = " + Conditions.text(url))
                                .collect(Collectors.joining(" or "))
                        + ")";
    }

    private static List<String> types(Element element, @Nullable Child known, ElementFact fact, ElementFact plain) {
        if (FhirTypes.isChoice(element.name()) && !element.slice().isEmpty()) {
            String base = FhirTypes.plain(element.name());
            String suffix = element.slice().startsWith(base) ? element.slice().substring(base.length()) : "";
            if (!suffix.isEmpty()) {
                return List.of(choiceType(suffix));
            }
        }
        List<String> said = fact.types().isEmpty() ? plain.types() : fact.types();
        boolean backbone = said.size() == 1 && (said.contains("BackboneElement") || said.contains("Element"));
        if (known != null && (said.isEmpty() || backbone)) {
            return known.types();
        }
        return said;
    }

    private static String choiceType(String suffix) {
        String lower = Character.toLowerCase(suffix.charAt(0)) + suffix.substring(1);
        boolean primitive = List.of(
                        "boolean",
                        "code",
                        "date",
                        "dateTime",
                        "decimal",
                        "id",
                        "instant",
                        "integer",
                        "markdown",
                        "positiveInt",
                        "string",
                        "time",
                        "unsignedInt",
                        "uri",
                        "url",
                        "canonical")
                .contains(lower);
        return primitive ? lower : suffix;
    }

    /** A profile that allows one element where FHIR allows many is believed; without its word, FHIR's. */
    private static boolean repeats(@Nullable Child known, ElementFact fact, ElementFact plain, Element element) {
        if (known != null && !known.repeats()) {
            return false;
        }
        int max = fact.max() != 0 ? fact.max() : plain.max();
        if (max != 0) {
            return max > 1;
        }
        return known != null || (element.slice().isEmpty() && !element.name().endsWith("xtension"));
    }

    private void show(String type, Place place, boolean many, @Nullable RequestNode only) {
        if (place.id().chars().filter(letter -> letter == '.').count() > MAX_DEPTH) {
            unshown.add(place.id());
        } else if (!many) {
            inside(type, place, only);
        } else if (FhirTypes.isPrimitive(type)) {
            values.list(type, place);
        } else if (only == null && (type.equals("CodeableConcept") || type.equals("Coding"))) {
            codes.add(new CodeBranch(place.draft(), place.path(), place.id(), type.equals("CodeableConcept")));
        } else {
            Draft list = place.draft().list(place.path(), place.name(), place.id());
            drafts.add(list);
            boolean structured = !ValueColumns.isValue(type);
            String name = structured
                    ? ""
                    : ColumnNames.of(place.id().substring(place.id().lastIndexOf('.') + 1));
            inside(type, new Place(list, "", name, place.id()), only);
        }
    }

    /** One element: its value, or what is inside. */
    private void inside(String type, Place place, @Nullable RequestNode only) {
        if (only != null) {
            below(only, type, place);
        } else if (ValueColumns.isValue(type)) {
            values.value(type, place);
        } else if (type.equals("Extension")) {
            extension(place);
        } else {
            List<Child> children = FhirTypes.children(type);
            List<String> names = children.isEmpty()
                    ? facts.children(place.id())
                    : children.stream().map(Child::name).toList();
            if (names.isEmpty()) {
                unshown.add(place.id());
            }
            names.forEach(name -> child(type, name, place));
        }
    }

    private void child(String type, String segment, Place place) {
        int colon = segment.indexOf(':');
        String name = colon < 0 ? segment : segment.substring(0, colon);
        String slice = colon < 0 ? "" : segment.substring(colon + 1);
        element(new Element(type, name, slice, place.id() + "." + name, place.id() + "." + segment), place, null);
    }

    /** The value of an extension, or the extensions inside. */
    private void extension(Place place) {
        List<String> inner = facts.children(place.id());
        if (!inner.isEmpty()) {
            inner.forEach(name -> child("Extension", name, place));
            return;
        }
        List<String> known = facts.fact(place.id()).types();
        List<String> types =
                known.isEmpty() ? FhirTypes.children("Extension").getFirst().types() : known;
        for (String type : types) {
            String name = types.size() == 1 ? "" : ColumnNames.type(type);
            Place value = place.below("value.ofType(" + type + ")", name, place.id());
            if (ValueColumns.isValue(type)) {
                values.value(type, value);
            } else {
                FhirTypes.children(type).forEach(child -> child(type, child.name(), value));
            }
        }
    }
}
