package allmende.core.explain;

import allmende.core.cohort.CohortQuery;
import allmende.core.cohort.Criterion;
import allmende.core.explain.Sentence.Kind;
import allmende.core.explain.Sentence.Part;
import java.util.List;
import java.util.Locale;

/**
 * Reads a query in plain language: "Patients who were given the diagnosis … and whose …, but not those who …". Each
 * criterion is a relative clause; groups of several stand in brackets where anything else stands beside them. The phrases
 * are in the files {@code phrases_de} and {@code phrases_en}.
 */
public final class PlainLanguage {

    private final Phrases phrases;
    private final ClauseWriter clauses;
    private final Words words = new Words();

    private PlainLanguage(Phrases phrases, DisplayNames names) {
        this.phrases = phrases;
        this.clauses = new ClauseWriter(phrases, names);
    }

    /** The query as a sentence, in German or, for any other language, in English. */
    public static Sentence of(CohortQuery query, Locale language, DisplayNames names) {
        PlainLanguage reading = new PlainLanguage(Phrases.in(language), names);
        reading.query(query);
        return new Sentence(reading.words.parts());
    }

    /** One criterion by itself, as in "Patients who …". */
    public static Sentence of(Criterion criterion, Locale language, DisplayNames names) {
        return of(new CohortQuery(List.of(List.of(criterion)), List.of()), language, names);
    }

    private void query(CohortQuery query) {
        if (query.inclusion().isEmpty() && query.exclusion().isEmpty()) {
            words.add(phrases.get("empty"), null, Kind.WORDS);
            return;
        }
        words.add(phrases.get(query.inclusion().isEmpty() ? "everyone" : "subject"), null, Kind.WORDS);
        inclusion(query.inclusion());
        exclusion(query.exclusion());
        words.add(".", null, Kind.WORDS);
    }

    private void inclusion(List<List<Criterion>> groups) {
        for (int index = 0; index < groups.size(); index++) {
            boolean last = index == groups.size() - 1;
            if (index > 0) {
                logic(last ? "and" : ",");
            }
            boolean brackets = groups.size() > 1 && groups.get(index).size() > 1;
            if (brackets) {
                words.add("(", null, Kind.LOGIC);
            }
            group(groups.get(index), "or");
            if (brackets) {
                words.add(")", null, Kind.LOGIC);
            }
        }
    }

    private void exclusion(List<List<Criterion>> groups) {
        for (int index = 0; index < groups.size(); index++) {
            words.add(",", null, Kind.WORDS);
            logic(index == 0 ? "not" : "nor");
            group(groups.get(index), "both");
        }
    }

    private void group(List<Criterion> criteria, String connective) {
        for (int index = 0; index < criteria.size(); index++) {
            if (index > 0) {
                logic(connective);
            }
            List<Part> clause = clauses.clause(criteria.get(index));
            words.addAll(clause);
        }
    }

    private void logic(String key) {
        words.add(key.equals(",") ? "," : phrases.get(key), null, Kind.LOGIC);
    }
}
