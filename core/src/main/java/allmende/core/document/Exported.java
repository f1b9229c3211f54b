package allmende.core.document;

import java.util.List;

/**
 * A document in the form that was asked for.
 *
 * @param bytes UTF-8 JSON
 * @param lost what that form has no place for, so that it is missing; to be shown before the file is handed on
 * @param differences what was written otherwise, without a change of meaning
 */
public record Exported(byte[] bytes, List<Loss> lost, List<Difference> differences) {

    public Exported {
        lost = List.copyOf(lost);
        differences = List.copyOf(differences);
    }

    /**
     * Something that the form has no place for.
     *
     * @param pointer JSON pointer (RFC 6901) to it in the document
     * @param content what was left out, as compact JSON
     * @param meaning whether the question means something else without it
     */
    public record Loss(String pointer, String content, boolean meaning) {}
}
