package allmende.hapi;

import ca.uhn.fhir.context.support.ConceptValidationOptions;
import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.context.support.ValidationSupportContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.hl7.fhir.common.hapi.validation.support.BaseValidationSupportWrapper;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.ValueSet;
import org.jspecify.annotations.Nullable;

/**
 * Answers every question about codes, in this order: what the site knows, what lists in packages and FHIR's own tables
 * tell, and else "not checked", which is no error but counted. Definitions come from the support behind it.
 */
final class TermSupport extends BaseValidationSupportWrapper {

    private static final int REMEMBERED_MAX = 200_000;

    private final CodeLists lists;
    private final Map<Question, Outcome> remembered = new ConcurrentHashMap<>();
    private final ThreadLocal<Map<String, Integer>> notChecked = ThreadLocal.withInitial(HashMap::new);

    TermSupport(IValidationSupport definitions, Terms terms) {
        super(Room.context(), definitions);
        this.lists = new CodeLists(definitions, terms);
    }

    private record Question(String system, String code, String valueSet) {}

    private enum Outcome {
        GOOD,
        WRONG_CODE,
        NOT_IN_SET,
        NOT_CHECKED
    }

    /** How many codes could not be checked since the last call on this thread, by system. */
    Map<String, Integer> takeNotChecked() {
        Map<String, Integer> counts = notChecked.get();
        notChecked.remove();
        return counts;
    }

    @Override
    public boolean isCodeSystemSupported(ValidationSupportContext context, String system) {
        return true;
    }

    @Override
    public boolean isValueSetSupported(ValidationSupportContext context, String valueSet) {
        return true;
    }

    @Override
    public CodeValidationResult validateCode(
            ValidationSupportContext context,
            ConceptValidationOptions options,
            @Nullable String system,
            @Nullable String code,
            @Nullable String display,
            @Nullable String valueSet) {
        String url = valueSet == null ? "" : valueSet;
        IBaseResource set =
                url.isEmpty() ? null : context.getRootValidationSupport().fetchValueSet(url);
        return answer(new Question(text(system), text(code), url), set);
    }

    @Override
    public CodeValidationResult validateCodeInValueSet(
            ValidationSupportContext context,
            ConceptValidationOptions options,
            @Nullable String system,
            @Nullable String code,
            @Nullable String display,
            IBaseResource valueSet) {
        String url = valueSet instanceof ValueSet set && set.hasUrl() ? set.getUrl() : "";
        if (valueSet instanceof ValueSet set && set.hasVersion() && !url.isEmpty()) {
            url = url + "|" + set.getVersion();
        }
        return answer(new Question(text(system), text(code), url), valueSet);
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    private CodeValidationResult answer(Question question, @Nullable IBaseResource set) {
        // a set without an address is one within a profile: nothing to remember it by
        boolean lasting = !question.valueSet().isEmpty() || set == null;
        Outcome outcome = lasting ? remembered.get(question) : null;
        if (outcome == null) {
            outcome = set instanceof ValueSet values ? inSet(question, values) : inSystem(question);
            if (lasting && remembered.size() < REMEMBERED_MAX) {
                remembered.put(question, outcome);
            }
        }
        return result(outcome, question);
    }

    private CodeValidationResult result(Outcome outcome, Question question) {
        CodeValidationResult result = new CodeValidationResult();
        switch (outcome) {
            case GOOD -> result.setCode(question.code());
            case NOT_CHECKED -> {
                result.setCode(question.code());
                String what = question.system().isEmpty() ? question.valueSet() : question.system();
                notChecked.get().merge(what, 1, Integer::sum);
            }
            case WRONG_CODE ->
                wrong(
                        result,
                        "The code is not one of " + question.system(),
                        CodeValidationIssueCode.CODE_INVALID,
                        CodeValidationIssueCoding.INVALID_CODE);
            // whether that is an error depends on the binding, which the validator knows
            case NOT_IN_SET ->
                wrong(
                        result,
                        "The code is not in the value set " + question.valueSet(),
                        CodeValidationIssueCode.CODE_INVALID,
                        CodeValidationIssueCoding.NOT_IN_VS);
        }
        return result;
    }

    private static void wrong(
            CodeValidationResult result,
            String message,
            CodeValidationIssueCode code,
            CodeValidationIssueCoding coding) {
        result.setSeverity(IssueSeverity.ERROR).setMessage(message);
        result.setIssues(List.of(new CodeValidationIssue(message, IssueSeverity.ERROR, code, coding)));
    }

    private Outcome inSystem(Question question) {
        if (question.system().isEmpty() || !question.valueSet().isEmpty()) {
            return Outcome.NOT_CHECKED;
        }
        return switch (lists.inSystem(question.system(), question.code())) {
            case IN -> Outcome.GOOD;
            case NOT_IN -> Outcome.WRONG_CODE;
            case NOT_KNOWN -> Outcome.NOT_CHECKED;
        };
    }

    private Outcome inSet(Question question, ValueSet set) {
        return switch (lists.inSet(set, question.system(), question.code())) {
            case IN -> Outcome.GOOD;
            case NOT_IN -> Outcome.NOT_IN_SET;
            case NOT_KNOWN -> Outcome.NOT_CHECKED;
        };
    }

    @Override
    public String getName() {
        return "the site's terminology";
    }
}
