package allmende.core.delivery;

import java.util.List;

/** What is known of the elements of a profile; ids are those of ElementDefinitions, with slices. */
public interface ElementFacts {

    /** Nothing beyond FHIR itself is known. */
    ElementFacts NONE = id -> ElementFact.UNKNOWN;

    /** What is known of an element; {@link ElementFact#UNKNOWN} if nothing. */
    ElementFact fact(String id);

    /** The names of the elements below one, for elements that FHIR itself does not tell; none if not known. */
    default List<String> children(String id) {
        return List.of();
    }

    /** The code system whose code is shown first where an element has several; empty if none is. */
    default String usualSystem(String id) {
        return "";
    }

    /** This, and where it says nothing, the other. */
    default ElementFacts or(ElementFacts other) {
        ElementFacts first = this;
        return new ElementFacts() {
            @Override
            public ElementFact fact(String id) {
                return first.fact(id).or(other.fact(id));
            }

            @Override
            public List<String> children(String id) {
                List<String> names = first.children(id);
                return names.isEmpty() ? other.children(id) : names;
            }

            @Override
            public String usualSystem(String id) {
                String system = first.usualSystem(id);
                return system.isEmpty() ? other.usualSystem(id) : system;
            }
        };
    }
}
