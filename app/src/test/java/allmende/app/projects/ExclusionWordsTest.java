package allmende.app.projects;

import static org.assertj.core.api.Assertions.assertThat;

import allmende.core.consent.ConsentReason;
import allmende.core.extraction.ExclusionRule;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** People read why something stays, not the codes of reports. */
class ExclusionWordsTest {

    @Test
    void everyRuleAndStageIsTold() {
        for (Locale locale : new Locale[] {Locale.GERMAN, Locale.ENGLISH}) {
            for (ExclusionRule rule : ExclusionRule.values()) {
                assertThat(ExclusionWords.rule(rule.code(), locale))
                        .endsWith(".")
                        .contains(" ");
                assertThat(ExclusionWords.stage(rule.stage().code(), locale))
                        .isNotEqualTo(rule.stage().code());
            }
            for (ConsentReason reason : ConsentReason.values()) {
                assertThat(ExclusionWords.rule(reason.code(), locale)).isEqualTo(reason.text(locale.getLanguage()));
            }
        }
        assertThat(ExclusionWords.rule("filter-code", Locale.GERMAN))
                .isNotEqualTo(ExclusionWords.rule("filter-code", Locale.ENGLISH));
    }

    @Test
    void whatAnotherVersionWroteKeepsItsCode() {
        assertThat(ExclusionWords.rule("of-tomorrow", Locale.ENGLISH)).isEqualTo("of-tomorrow");
        assertThat(ExclusionWords.stage("of-tomorrow", Locale.ENGLISH)).isEqualTo("of-tomorrow");
    }
}
