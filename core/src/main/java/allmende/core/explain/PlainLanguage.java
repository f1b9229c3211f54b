package allmende.core.explain;

import allmende.core.cohort.CohortQuery;
import allmende.core.cohort.Criterion;
import allmende.core.explain.Sentence.Kind;
import allmende.core.explain.Sentence.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads a query in plain language. */
public final class PlainLanguage {

    private PlainLanguage() {}

    /** The query as a sentence, in German or, for any other language, in English. */
    public static Sentence of(CohortQuery query, Locale language, DisplayNames names) {
        List<Part> parts = new ArrayList<>();
        for (List<Criterion> group : query.inclusion()) {
            for (Criterion criterion : group) {
                parts.add(new Part(criterion.display() + " ", criterion.pointer(), Kind.CONCEPT));
            }
        }
        return new Sentence(parts);
    }
}
