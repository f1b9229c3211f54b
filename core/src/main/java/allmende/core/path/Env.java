package allmende.core.path;

import java.util.List;
import java.util.Map;

/**
 * What an expression may look at besides its focus.
 *
 * @param resource the resource that the focus is part of, {@code %resource}
 * @param variables the values of the other variables, by their names without the {@code %}
 * @param rowIndex {@code %rowIndex} of SQL on FHIR: the place of the focus among those iterated over, from 0
 */
public record Env(Item resource, Map<String, List<Item>> variables, int rowIndex) {

    /** The same at another place. */
    public Env atRow(int index) {
        return index == rowIndex ? this : new Env(resource, variables, index);
    }
}
