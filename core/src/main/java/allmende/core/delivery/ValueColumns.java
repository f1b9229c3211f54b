package allmende.core.delivery;

import allmende.core.delivery.ColumnFinder.Place;
import allmende.core.delivery.Draft.Shape;
import java.util.List;
import java.util.Set;

/** The columns of values: what of a code, a quantity or a reference a table shows. The first one bears the element's name. */
final class ValueColumns {

    private static final Set<String> QUANTITIES =
            Set.of("Quantity", "SimpleQuantity", "MoneyQuantity", "Age", "Duration", "Count", "Distance");

    private final ElementFacts facts;
    private final List<CodeBranch> codes;

    ValueColumns(ElementFacts facts, List<CodeBranch> codes) {
        this.facts = facts;
        this.codes = codes;
    }

    /** Whether elements of this type are shown by a few columns that follow from the type alone. */
    static boolean isValue(String type) {
        return FhirTypes.isPrimitive(type)
                || QUANTITIES.contains(type)
                || Set.of("Coding", "CodeableConcept", "Reference").contains(type);
    }

    void value(String type, Place place) {
        if (FhirTypes.isPrimitive(type)) {
            place.draft()
                    .add(
                            place.name(),
                            place.expression(),
                            Shape.of(type, place.id()),
                            Meanings.of(facts, place.id(), ""));
        } else if (QUANTITIES.contains(type)) {
            quantity(place);
        } else if (type.equals("Reference")) {
            leaf(place, "", "getReferenceKey()", "string", "reference");
        } else if (type.equals("Coding")) {
            coding(place);
        } else {
            concept(place);
        }
    }

    /** Values of a primitive type as a list in one cell. */
    void list(String type, Place place) {
        place.draft()
                .add(
                        place.name(),
                        place.expression(),
                        new Shape(type, true, place.id(), ""),
                        Meanings.of(facts, place.id(), ""));
    }

    private void quantity(Place place) {
        int number = place.draft().columns().size();
        leaf(place, "", "value", "decimal", "value");
        leaf(place, "comparator", "comparator", "code", "comparator");
        leaf(place, "unit", "unit", "string", "unit");
        String unit = leaf(place, "unit_code", "code", "code", "unit_code");
        TableColumn value = place.draft().columns().get(number);
        place.draft()
                .columns()
                .set(
                        number,
                        new TableColumn(
                                value.name(),
                                value.path(),
                                value.type(),
                                false,
                                value.element(),
                                unit,
                                value.meaning()));
    }

    /** One code. */
    void coding(Place place) {
        leaf(place, "", "code", "code", "code");
        leaf(place, "system", "system", "uri", "system");
        leaf(place, "version", "version", "string", "version");
        leaf(place, "display", "display", "string", "display");
    }

    /** The code of the usual system, else the first; all of them stand in the table of codes. */
    void concept(Place place) {
        String all = place.path().isEmpty() ? "coding" : place.path() + ".coding";
        String system = facts.usualSystem(place.id());
        String usual = all + ".where(system = " + Conditions.text(system) + ")";
        String chosen =
                system.isEmpty() ? all + ".first()" : "iif(" + usual + ".exists(), " + usual + ", " + all + ").first()";
        coding(new Place(place.draft(), chosen, place.name(), place.id() + ".coding"));
        leaf(place, "text", "text", "string", "text");
        branch(place);
    }

    /** Remembers that codes stand here. */
    void branch(Place place) {
        CodeBranch branch = new CodeBranch(place.draft(), place.path(), place.id(), true);
        if (!codes.contains(branch)) {
            codes.add(branch);
        }
    }

    private String leaf(Place place, String suffix, String step, String type, String meaning) {
        Place leaf = place.below(step, suffix, place.id());
        String element = step.endsWith("()") ? place.id() : place.id() + "." + step;
        boolean coded = place.id().endsWith(".coding");
        String titled = coded ? place.id().substring(0, place.id().lastIndexOf('.')) : place.id();
        return place.draft()
                .add(leaf.name(), leaf.path(), Shape.of(type, element), Meanings.of(facts, titled, meaning));
    }
}
