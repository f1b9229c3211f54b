package allmende.core.consent;

/** Whether consent lets a resource go. */
public sealed interface ConsentVerdict {

    /** It may go. */
    ConsentVerdict ALLOWED = new Allowed();

    /** It may go. */
    record Allowed() implements ConsentVerdict {}

    /** It stays. */
    record Withheld(ConsentReason reason) implements ConsentVerdict {}
}
