package allmende.engine.search;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;

/** Texts and numbers as terms of the index. */
final class Terms {

    /** The index takes terms of up to 32,766 bytes; longer texts are cut here and told apart by their hash. */
    private static final int CHARACTERS_MAX = 2000;

    private Terms() {}

    static String bounded(String text) {
        return text.length() <= CHARACTERS_MAX
                ? text
                : text.substring(0, CHARACTERS_MAX) + '\0' + Long.toHexString(Hash.of(text));
    }

    /** The term of a version of a resource. */
    static BytesRef version(long rid, int number) {
        return new BytesRef(ByteBuffer.allocate(Long.BYTES + Integer.BYTES)
                .putLong(rid)
                .putInt(number)
                .array());
    }

    /** The term of a resource. */
    static BytesRef number(long rid) {
        return new BytesRef(ByteBuffer.allocate(Long.BYTES).putLong(rid).array());
    }

    static Query equal(String field, String text) {
        return new ConstantScoreQuery(new TermQuery(new Term(field, bounded(text))));
    }

    static Query any(String field, Collection<String> texts) {
        if (texts.size() == 1) {
            return equal(field, texts.iterator().next());
        }
        List<BytesRef> terms =
                texts.stream().map(text -> new BytesRef(bounded(text))).toList();
        return new TermInSetQuery(field, terms);
    }
}
