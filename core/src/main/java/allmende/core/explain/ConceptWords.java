package allmende.core.explain;

import allmende.core.cohort.Criterion;
import allmende.core.fhir.Coding;
import java.util.ArrayList;
import java.util.List;

/** What codes are called. */
final class ConceptWords {

    /** More codes than this are counted, not named. */
    static final int MOST_NAMED = 8;

    private final Phrases phrases;
    private final DisplayNames names;

    ConceptWords(Phrases phrases, DisplayNames names) {
        this.phrases = phrases;
        this.names = names;
    }

    /** The codes of a criterion; the first one has a text in the query itself. */
    String terms(Criterion criterion) {
        List<String> texts = new ArrayList<>();
        for (Coding term : criterion.termCodes()) {
            texts.add(concept(term, texts.isEmpty() ? criterion.display() : term.code()));
        }
        return any(texts);
    }

    String concepts(List<Coding> concepts) {
        return any(
                concepts.stream().map(coding -> concept(coding, coding.code())).toList());
    }

    String genders(List<Coding> genders) {
        return any(genders.stream().map(gender -> phrases.gender(gender.code())).toList());
    }

    private String concept(Coding coding, String written) {
        String known = names.concept(coding, phrases.language());
        String text = known == null ? written : known;
        if (text.isBlank() || text.equals(coding.code())) {
            return coding.code();
        }
        String quoted = phrases.quoted(text);
        return phrases.hidesCodesOf(coding.system()) ? quoted : quoted + " (" + coding.code() + ")";
    }

    /** "A", "A or B", "A, B or C". */
    private String any(List<String> texts) {
        List<String> named = texts.subList(0, Math.min(texts.size(), MOST_NAMED));
        String last = named.getLast();
        String first = String.join(", ", named.subList(0, named.size() - 1));
        String joined = first.isEmpty() ? last : first + " " + phrases.get("or") + " " + last;
        int more = texts.size() - named.size();
        return more == 0 ? joined : joined + " " + phrases.fill("more", String.valueOf(more));
    }
}
