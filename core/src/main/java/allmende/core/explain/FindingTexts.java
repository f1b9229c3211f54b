package allmende.core.explain;

import allmende.core.phrase.PhraseBook;
import java.util.Locale;

/** The sentences of findings. */
final class FindingTexts {

    private static final PhraseBook GERMAN = PhraseBook.read("/allmende/explain/findings", Locale.GERMAN);
    private static final PhraseBook ENGLISH = PhraseBook.read("/allmende/explain/findings", Locale.ENGLISH);

    private FindingTexts() {}

    static String text(Finding finding, Locale language) {
        PhraseBook book = PhraseBook.isGerman(language) ? GERMAN : ENGLISH;
        return book.fill(finding.code().name(), finding.arguments());
    }
}
