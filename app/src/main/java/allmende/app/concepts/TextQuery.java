package allmende.app.concepts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.AutomatonQuery;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.DisjunctionMaxQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.automaton.Automata;
import org.apache.lucene.util.automaton.Automaton;
import org.apache.lucene.util.automaton.LevenshteinAutomata;
import org.apache.lucene.util.automaton.Operations;

/**
 * Makes queries of what was typed. A document's score is the tier of the best way in which it matches, a whole number;
 * what ranks within a tier is decided elsewhere.
 */
final class TextQuery {

    private static final Query NOTHING = new MatchNoDocsQuery();

    /** The best tier. */
    static final int EXACT_CODE = 7;

    private static final int EXACT_NAME = 6;
    private static final int ALL_WORDS = 5;
    private static final int CODE_BEGINS = 4;
    private static final int WORDS_BEGIN = 3;
    private static final int WORDS_ABOVE = 2;
    private static final int SIMILAR = 1;

    private static final int WORDS_MAX = 12;
    private static final int PREFIX_MIN = 1;

    /** Shorter words must be spelt right; from the second length on two slips are forgiven. */
    private static final int ONE_SLIP_MIN = 4;

    private static final int TWO_SLIPS_MIN = 8;
    private static final int SIMILAR_MAX = 24;

    private final IndexReader reader;
    private final List<String> words;
    private final String typed;

    TextQuery(IndexReader reader, String typed) {
        this.reader = reader;
        this.typed = typed.strip();
        List<String> asked = Words.asked(typed);
        this.words = asked.subList(0, Math.min(asked.size(), WORDS_MAX));
    }

    /** Whether anything was typed that can be looked for. */
    boolean isBlank() {
        return words.isEmpty();
    }

    /** Everything, all alike. */
    static Query everything() {
        return new BoostQuery(new ConstantScoreQuery(new MatchAllDocsQuery()), 0);
    }

    /** What matches as it is spelt. */
    Query strict() throws IOException {
        List<Query> ways = new ArrayList<>();
        String bare = Words.code(typed);
        if (!bare.isEmpty() && !typed.contains(" ")) {
            ways.add(tier(EXACT_CODE, term(EntryIndexer.BARE_CODE, bare)));
        }
        if (bare.length() >= PREFIX_MIN && Words.mayBeCode(typed)) {
            ways.add(tier(CODE_BEGINS, prefix(EntryIndexer.BARE_CODE, bare)));
        }
        ways.add(tier(EXACT_NAME, term(EntryIndexer.NAME, Words.name(typed))));
        BooleanQuery.Builder whole = new BooleanQuery.Builder();
        BooleanQuery.Builder begun = new BooleanQuery.Builder();
        BooleanQuery.Builder above = new BooleanQuery.Builder();
        for (String word : words) {
            Query parts = parts(word);
            Query exact = either(term(EntryIndexer.WORD, word), parts);
            Query beginning = word.length() < PREFIX_MIN ? exact : either(exact, prefix(EntryIndexer.WORD, word));
            whole.add(exact, Occur.MUST);
            begun.add(beginning, Occur.MUST);
            above.add(
                    either(
                            either(beginning, codePart(word)),
                            word.length() < PREFIX_MIN ? term(EntryIndexer.FAR, word) : prefix(EntryIndexer.FAR, word)),
                    Occur.MUST);
        }
        ways.add(tier(ALL_WORDS, whole.build()));
        ways.add(tier(WORDS_BEGIN, begun.build()));
        ways.add(tier(WORDS_ABOVE, above.build()));
        return new DisjunctionMaxQuery(ways, 0);
    }

    /** What matches nearly: each word, or the beginning of one, sounds alike up to a few slips. */
    Query similar() {
        BooleanQuery.Builder all = new BooleanQuery.Builder();
        for (String word : words) {
            all.add(similar(Words.sound(word)), Occur.MUST);
        }
        return tier(SIMILAR, all.build());
    }

    /** Both, the better of the two for each. */
    Query strictOrSimilar() throws IOException {
        return new DisjunctionMaxQuery(List.of(strict(), similar()), 0);
    }

    private static Query similar(String sound) {
        Term term = new Term(EntryIndexer.SOUND, sound);
        int slips = sound.length() < ONE_SLIP_MIN ? 0 : sound.length() < TWO_SLIPS_MIN ? 1 : 2;
        if (slips == 0 || sound.length() > SIMILAR_MAX) {
            return new PrefixQuery(term);
        }
        // the first letter is taken to be right, which is nearly always so and saves most of the work
        Automaton near = new LevenshteinAutomata(sound.substring(1), true).toAutomaton(slips);
        Automaton begun = Operations.concatenate(
                List.of(Automata.makeString(sound.substring(0, 1)), near, Automata.makeAnyString()));
        return new AutomatonQuery(term, Operations.determinize(begun, Operations.DEFAULT_DETERMINIZE_WORK_LIMIT));
    }

    /** The parts of a compound that no concept has as a whole, so that they may stand apart there. */
    private Query parts(String word) throws IOException {
        if (reader.docFreq(new Term(EntryIndexer.WORD, word)) > 0) {
            return NOTHING;
        }
        List<String> parts = new Compounds(this::known).parts(word);
        if (parts.isEmpty()) {
            return NOTHING;
        }
        BooleanQuery.Builder all = new BooleanQuery.Builder();
        parts.forEach(part -> all.add(term(EntryIndexer.WORD, part), Occur.MUST));
        return all.build();
    }

    private boolean known(String word) {
        try {
            return reader.docFreq(new Term(EntryIndexer.WORD, word)) > 0;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** A word among others may be the beginning of a code, as in "I50 links". */
    private Query codePart(String word) {
        boolean code = words.size() > 1 && word.length() >= 3 && word.chars().anyMatch(Character::isDigit);
        return code ? prefix(EntryIndexer.BARE_CODE, word) : NOTHING;
    }

    private static Query either(Query one, Query other) {
        if (other.equals(NOTHING)) {
            return one;
        }
        return new BooleanQuery.Builder()
                .add(one, Occur.SHOULD)
                .add(other, Occur.SHOULD)
                .build();
    }

    private static Query term(String field, String text) {
        return new TermQuery(new Term(field, text));
    }

    private static Query prefix(String field, String text) {
        return new PrefixQuery(new Term(field, text));
    }

    private static Query tier(int tier, Query query) {
        return new BoostQuery(new ConstantScoreQuery(query), tier);
    }
}
