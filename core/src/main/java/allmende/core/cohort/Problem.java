package allmende.core.cohort;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Why a query can't be answered.
 *
 * @param pointer JSON pointer (RFC 6901) to the place in the document; empty for the whole document
 * @param code what is wrong; {@link ProblemCode#OTHER} where only the message says it
 * @param arguments what the sentence names, as many as the code takes
 * @param message the sentence in English, for the person who wrote the query, with what to do
 */
public record Problem(String pointer, ProblemCode code, List<String> arguments, String message) {

    public Problem {
        arguments = List.copyOf(arguments);
    }

    /** A problem that is told in English only. */
    public Problem(String pointer, String message) {
        this(pointer, ProblemCode.OTHER, List.of(), message);
    }

    /** A problem that can be told in every language of the program. */
    public static Problem of(String pointer, ProblemCode code, Object... arguments) {
        List<String> texts = Arrays.stream(arguments).map(Object::toString).toList();
        return new Problem(pointer, code, texts, ProblemText.of(code, texts, Locale.ENGLISH));
    }

    /** The same problem, of a document that stands at this place of a larger one. */
    public Problem below(String place) {
        return new Problem(place + pointer, code, arguments, message);
    }
}
