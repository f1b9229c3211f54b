package allmende.core.cohort;

import allmende.core.fhir.Coding;
import java.util.List;

/** A filter on an attribute that the catalogue declares for the criterion's context. */
public sealed interface AttributeFilter {

    /** The attribute's code in the catalogue. */
    Coding attribute();

    /** The attribute's value passes the filter. */
    record OfValue(Coding attribute, ValueFilter filter) implements AttributeFilter {}

    /** The attribute references a resource of the same patient that satisfies any of the criteria. */
    record OfReference(Coding attribute, List<Criterion> criteria) implements AttributeFilter {
        public OfReference {
            criteria = List.copyOf(criteria);
        }
    }
}
