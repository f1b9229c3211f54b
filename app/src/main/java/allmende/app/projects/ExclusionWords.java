package allmende.app.projects;

import allmende.core.consent.ConsentReason;
import allmende.core.extraction.ExclusionRule;
import allmende.core.extraction.ExclusionStage;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** The codes of a report on what was left out, in words. */
final class ExclusionWords {

    private static final Map<String, Function<String, String>> STAGES = stages();
    private static final Map<String, Function<String, String>> RULES = rules();

    private ExclusionWords() {}

    private static Map<String, Function<String, String>> stages() {
        Map<String, Function<String, String>> words = new HashMap<>();
        for (ExclusionStage stage : ExclusionStage.values()) {
            words.put(stage.code(), stage::text);
        }
        words.put(Screening.STAGE, language -> language.equals("de") ? "Zu kleine Gruppen" : "Groups too small");
        return Map.copyOf(words);
    }

    private static Map<String, Function<String, String>> rules() {
        Map<String, Function<String, String>> words = new HashMap<>();
        for (ConsentReason reason : ConsentReason.values()) {
            words.put(reason.code(), reason::text);
        }
        for (ExclusionRule rule : ExclusionRule.values()) {
            words.put(rule.code(), rule::text);
        }
        return Map.copyOf(words);
    }

    /** A stage in the words of this language; the code itself where it is of another version. */
    static String stage(String code, Locale locale) {
        return STAGES.getOrDefault(code, language -> code).apply(locale.getLanguage());
    }

    /** A rule, or a reason of consent, in the words of this language; the code itself where it is of another version. */
    static String rule(String code, Locale locale) {
        return RULES.getOrDefault(code, language -> code).apply(locale.getLanguage());
    }
}
