package allmende.core.explain;

import allmende.core.cohort.Catalogue;
import allmende.core.cohort.CohortQuery;

/** Writes a query as SQL, for reading. */
public final class SqlText {

    private SqlText() {}

    /** The query as SQL text. */
    public static String of(CohortQuery query, Catalogue catalogue, DisplayNames names) {
        return "";
    }
}
