package allmende.app.pseudonyms;

import allmende.core.deident.pseudonym.Alphabet;
import allmende.core.deident.pseudonym.CheckMethod;
import allmende.core.deident.pseudonym.FormRead;
import allmende.core.deident.pseudonym.PseudonymForm;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The form by which a domain is made, as it was filled in.
 *
 * @param alphabet name of an alphabet; anything else stands for the symbols below it
 * @param symbols an alphabet of one's own
 */
record DomainForm(
        @Nullable String name,
        @Nullable String parent,
        @Nullable String alphabet,
        @Nullable String symbols,
        @Nullable String length,
        @Nullable String check,
        @Nullable String prefix,
        @Nullable String several,
        @Nullable String keeps) {

    /** As it is shown first. */
    static DomainForm usual() {
        PseudonymForm usual = PseudonymForm.USUAL;
        return new DomainForm(
                "",
                "",
                Alphabet.Named.SYMBOL32.name(),
                "",
                Integer.toString(usual.length()),
                usual.check().name(),
                "",
                null,
                null);
    }

    /** What the form asks for, or the key of the message that says what is wrong with it. */
    sealed interface Read {

        /** It can be tried. */
        record Wanted(NewDomain domain) implements Read {}

        /** It can't. */
        record Faulty(String message) implements Read {}
    }

    Read read() {
        return switch (PseudonymForm.of(allSymbols(), number(), method(), text(prefix))) {
            case FormRead.Usable(PseudonymForm form) ->
                new Read.Wanted(new NewDomain(
                        text(name),
                        text(parent).isEmpty() ? null : text(parent),
                        form,
                        new PseudonymDomain.Policy(several != null, keeps == null)));
            case FormRead.Unusable(FormRead.Fault fault) -> new Read.Faulty("pseudonyms.form." + fault.name());
        };
    }

    private String allSymbols() {
        return Arrays.stream(Alphabet.Named.values())
                .filter(named -> named.name().equals(alphabet))
                .map(named -> named.alphabet().symbols())
                .findFirst()
                .orElse(text(symbols));
    }

    private int number() {
        return text(length).matches("[0-9]{1,3}") ? Integer.parseInt(text(length)) : 0;
    }

    private CheckMethod method() {
        return Arrays.stream(CheckMethod.values())
                .filter(each -> each.name().equals(check))
                .findFirst()
                .orElse(CheckMethod.NONE);
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value.strip();
    }
}
