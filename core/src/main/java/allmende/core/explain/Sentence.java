package allmende.core.explain;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A query in words.
 *
 * @param parts in order; their texts one after the other are the sentence, spaces included
 */
public record Sentence(List<Part> parts) {

    public Sentence {
        parts = List.copyOf(parts);
    }

    /** The whole sentence. */
    public String text() {
        return parts.stream().map(Part::text).collect(Collectors.joining());
    }

    /**
     * A piece of the sentence.
     *
     * @param pointer JSON pointer to the criterion in the query that it is about; null where it is about none
     */
    public record Part(String text, @Nullable String pointer, Kind kind) {}

    /** What a piece is. */
    public enum Kind {
        /** Words between the others. */
        WORDS,
        /** "and", "or", "but not". */
        LOGIC,
        /** What a code is called, with the code. */
        CONCEPT,
        /** A number with its comparison and unit, an age, or selected concepts. */
        VALUE,
        /** Days between which something lies. */
        TIME,
        /** Further filters of a criterion. */
        ATTRIBUTE,
        /** What is asked beyond CCDL: how often, first or last, how close to something else. */
        EXTENSION
    }
}
