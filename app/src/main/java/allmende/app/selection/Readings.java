package allmende.app.selection;

import allmende.core.cohort.Catalogue;
import allmende.core.cohort.CohortQuery;
import allmende.core.explain.CqlText;
import allmende.core.explain.DisplayNames;
import allmende.core.explain.PlainLanguage;
import allmende.core.explain.SqlText;
import java.util.Locale;

/** A cohort in other languages, for reading. */
final class Readings {

    private final Catalogue catalogue;
    private final DisplayNames names;

    Readings(Catalogue catalogue, DisplayNames names) {
        this.catalogue = catalogue;
        this.names = names;
    }

    Catalogue catalogue() {
        return catalogue;
    }

    String plain(CohortQuery query, Locale language) {
        return PlainLanguage.of(query, language, names).text();
    }

    String cql(CohortQuery query) {
        return CqlText.of(query, catalogue, names);
    }

    String sql(CohortQuery query) {
        return SqlText.of(query, catalogue, names);
    }
}
