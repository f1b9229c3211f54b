package allmende.core.explain;

import allmende.core.cohort.Catalogue;
import allmende.core.cohort.CohortQuery;

/** Writes a query as CQL, for reading. */
public final class CqlText {

    private CqlText() {}

    /** The query as CQL text. */
    public static String of(CohortQuery query, Catalogue catalogue, DisplayNames names) {
        return "";
    }
}
