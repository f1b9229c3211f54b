package allmende.app.selection;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.core.document.Difference;
import allmende.core.document.Remark;
import java.util.Locale;
import java.util.ResourceBundle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Everything that programs and people are told about a document has a sentence in both languages. */
class ToldTest {

    @ParameterizedTest
    @EnumSource(Told.class)
    void everySentenceIsThereInBothLanguages(Told told) {
        String english = told.in(Locale.ENGLISH, "«7»");
        String german = told.in(Locale.GERMANY, "«7»");

        assertThat(english).endsWith(".").doesNotContain("%").isNotEqualTo(german);
        assertThat(german).endsWith(".").doesNotContain("%");
        assertThat(german.contains("«7»")).isEqualTo(english.contains("«7»"));
    }

    @ParameterizedTest
    @EnumSource(Remark.Kind.class)
    void everyRemarkIsThereInBothLanguages(Remark.Kind kind) {
        both("selection.import.remark.", kind);
    }

    @ParameterizedTest
    @EnumSource(Difference.Reason.class)
    void everyReasonOfADifferenceIsThereInBothLanguages(Difference.Reason reason) {
        both("selection.import.reason.", reason);
    }

    private static void both(String prefix, Enum<?> constant) {
        String key = prefix + constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
        String english =
                ResourceBundle.getBundle("messages/selection", Locale.ROOT).getString(key);
        String german =
                ResourceBundle.getBundle("messages/selection", Locale.GERMAN).getString(key);
        assertThat(german).isNotBlank().isNotEqualTo(english);
    }
}
