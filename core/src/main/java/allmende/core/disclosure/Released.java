package allmende.core.disclosure;

import java.util.Objects;

/** A result that may leave the site. Only this package makes one. */
public final class Released<T> {

    private final T content;

    Released(T content) {
        this.content = Objects.requireNonNull(content);
    }

    /** The content, free to go. */
    public T content() {
        return content;
    }
}
