package allmende.app.pseudonyms;

import java.util.function.Function;

/** What came of a wish. */
public sealed interface Result<T> {

    /** It was fulfilled. */
    record Done<T>(T value) implements Result<T> {}

    /** It was not, and nothing was changed. */
    record Refused<T>(Refusal refusal) implements Result<T> {}

    /** Why a wish is not fulfilled. */
    enum Refusal {
        /** There is no domain of this name. */
        NO_DOMAIN,
        /** The domain holds no such original or pseudonym. */
        NOT_FOUND,
        /** There is a domain of this name already. */
        DOMAIN_EXISTS,
        /** A domain can't have this name. */
        NAME,
        /** The domain has no room for that many more. */
        FULL,
        /** An original is no pseudonym of the parent domain. */
        NOT_OF_PARENT,
        /** An original is empty or longer than 1,000 characters. */
        ORIGINAL,
        /** The domain gives one pseudonym to an original, not several. */
        SINGLE,
        /** The domain deletes nothing. */
        KEEPS,
        /** A pseudonym that is brought along belongs to another original, or an original has another one. */
        COLLISION,
        /** What is brought along is no pseudonym of the domain's form. */
        FORM;

        /** Whether a single value among many can be the reason. */
        boolean ofOneValue() {
            return this == ORIGINAL || this == NOT_OF_PARENT || this == COLLISION || this == FORM;
        }
    }

    /** The same with what is made of the value. */
    default <R> Result<R> map(Function<T, R> function) {
        return switch (this) {
            case Done<T>(T value) -> new Done<>(function.apply(value));
            case Refused<T>(Refusal refusal) -> new Refused<>(refusal);
        };
    }

    /** What was refused, to be told as the answer to another wish. */
    static <R> Result<R> refused(Refusal refusal) {
        return new Refused<>(refusal);
    }
}
