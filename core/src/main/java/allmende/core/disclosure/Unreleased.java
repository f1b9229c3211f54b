package allmende.core.disclosure;

import java.util.Objects;

/**
 * A result inside a site. Its content can be read in this package only, so nothing of it leaves but through the gate; it
 * has no text form either.
 */
public final class Unreleased<T> {

    private final T content;

    private Unreleased(T content) {
        this.content = content;
    }

    /** Closes the result in. */
    public static <T> Unreleased<T> of(T content) {
        return new Unreleased<>(Objects.requireNonNull(content));
    }

    T content() {
        return content;
    }

    /** Says nothing about the content. */
    @Override
    public String toString() {
        return "Unreleased";
    }
}
