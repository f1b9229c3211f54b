package allmende.hapi;

import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.context.support.IValidationSupport.CodeValidationIssue;
import ca.uhn.fhir.context.support.IValidationSupport.CodeValidationIssueCode;
import ca.uhn.fhir.context.support.IValidationSupport.CodeValidationIssueCoding;
import ca.uhn.fhir.context.support.IValidationSupport.CodeValidationResult;
import ca.uhn.fhir.context.support.IValidationSupport.IssueSeverity;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.ValueSet;
import org.jspecify.annotations.Nullable;

/**
 * Answers every question about codes, in this order: what the site knows, what lists in packages and FHIR's own tables
 * tell, and else "not checked", which is no error but counted. Definitions come from the support behind it.
 */
final class TermSupport {

    private static final int SYSTEM = 2;
    private static final int CODE = 3;
    private static final int VALUE_SET = 5;

    private static final int REMEMBERED_MAX = 200_000;

    private final IValidationSupport definitions;
    private final CodeLists lists;
    private final Map<Question, Outcome> remembered = new ConcurrentHashMap<>();
    private final ThreadLocal<Map<String, Integer>> notChecked = ThreadLocal.withInitial(HashMap::new);

    TermSupport(IValidationSupport definitions, Terms terms) {
        this.definitions = definitions;
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

    /** Support that answers questions about codes here, and hands all others to the definitions behind. */
    IValidationSupport support() {
        return (IValidationSupport) Proxy.newProxyInstance(
                TermSupport.class.getClassLoader(), new Class<?>[] {IValidationSupport.class}, this::invoke);
    }

    private @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        try {
            return switch (method.getName()) {
                case "isCodeSystemSupported", "isValueSetSupported" -> true;
                case "validateCode", "validateCodeInValueSet" ->
                    validate(Objects.requireNonNull(arguments, "a question has arguments"));
                default -> method.invoke(definitions, arguments);
            };
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause() == null ? thrown : thrown.getCause();
        }
    }

    /** The arguments are context, options, system, code, display, and the value set or its address. */
    private CodeValidationResult validate(@Nullable Object[] arguments) {
        String system = text(arguments[SYSTEM]);
        String code = text(arguments[CODE]);
        if (arguments[VALUE_SET] instanceof ValueSet set) {
            String url = set.hasUrl() ? set.getUrl() : "";
            String canonical = set.hasVersion() && !url.isEmpty() ? url + "|" + set.getVersion() : url;
            return answer(new Question(system, code, canonical), set);
        }
        String url = text(arguments[VALUE_SET]);
        IBaseResource set = url.isEmpty() ? null : definitions.fetchValueSet(url);
        return answer(new Question(system, code, url), set);
    }

    private static String text(@Nullable Object text) {
        return text instanceof String told ? told : "";
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
}
