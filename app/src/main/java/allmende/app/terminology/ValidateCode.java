package allmende.app.terminology;

import allmende.app.fhirapi.FhirProblem;
import allmende.core.terminology.operation.CodeCheck;
import allmende.core.terminology.operation.CodeSet;
import allmende.core.terminology.operation.Gap;
import allmende.core.terminology.operation.TerminologySource;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** {@code $validate-code} of code systems and value sets: whether a code is right, and if not, why. */
final class ValidateCode {

    static final Set<String> OF_SYSTEM = Set.of(
            "url",
            "code",
            "version",
            "display",
            "coding",
            "codeableConcept",
            "date",
            "abstract",
            "displayLanguage",
            "lenient-display-validation");

    static final Set<String> OF_VALUE_SET = Set.of(
            "url",
            "valueSet",
            "valueSetVersion",
            "code",
            "system",
            "systemVersion",
            "display",
            "coding",
            "codeableConcept",
            "date",
            "abstract",
            "displayLanguage",
            "inferSystem",
            "lenient-display-validation");

    private final TerminologySource source;
    private final ValueSets valueSets;
    private final Elsewhere elsewhere;

    ValidateCode(TerminologySource source, ValueSets valueSets, Elsewhere elsewhere) {
        this.source = source;
        this.valueSets = valueSets;
        this.elsewhere = elsewhere;
    }

    JsonNode ofSystem(OperationInput input) {
        CodeCheck check = new CodeCheck(source, input.text("displayLanguage"));
        String url = input.text("url");
        Verdicts verdicts = new Verdicts(input);
        for (CodeCheck.Asked given : AskedCodes.of(input, "url", "version")) {
            CodeCheck.Asked asked = given.system().isEmpty() && url != null
                    ? new CodeCheck.Asked(url, given.version(), given.code(), given.display())
                    : given;
            if (asked.system().isEmpty()) {
                throw FhirProblem.of(400, "required", "Name the code system: parameter url.", "url");
            }
            if (url != null && !asked.system().equals(url)) {
                verdicts.add(
                        asked,
                        new CodeCheck.Found.Wrong("The coding is of " + asked.system() + ", not of " + url + "."));
                continue;
            }
            verdicts.add(asked, check.inSystem(asked));
        }
        return verdicts.answer((gap, asked) -> elsewhere.ask(
                gap,
                "CodeSystem/$validate-code",
                List.of(asked.system()),
                new Answer()
                        .text("url", "valueUri", asked.system())
                        .text("version", "valueString", asked.version())
                        .text("code", "valueCode", asked.code())
                        .toJson()));
    }

    JsonNode ofValueSet(OperationInput input, @Nullable JsonNode instance) {
        ValueSets.Wanted wanted = valueSets.wanted(input, instance);
        List<CodeCheck.Asked> codes = AskedCodes.of(input, "system", "systemVersion");
        Verdicts verdicts = new Verdicts(input);
        CodeCheck check = new CodeCheck(source, input.text("displayLanguage"));
        for (CodeCheck.Asked asked : codes) {
            verdicts.add(asked, found(wanted, check, asked));
        }
        return verdicts.answer((gap, asked) -> elsewhere.ask(
                gap,
                "ValueSet/$validate-code",
                asked.system().isEmpty() ? List.of() : List.of(asked.system()),
                valueSets
                        .question(wanted)
                        .text("system", "valueUri", asked.system())
                        .text("systemVersion", "valueString", asked.version())
                        .text("code", "valueCode", asked.code())
                        .toJson()));
    }

    private CodeCheck.Found found(ValueSets.Wanted wanted, CodeCheck check, CodeCheck.Asked asked) {
        CodeSet codes = valueSets.codes(wanted);
        if (codes == null) {
            return new CodeCheck.Found.NotHere(valueSets.missing(wanted));
        }
        return check.inSet(asked, codes, wanted.name());
    }

    /** Asks someone else about a code. */
    @FunctionalInterface
    private interface Asking {
        JsonNode ask(Gap gap, CodeCheck.Asked asked);
    }

    /** Of several codings one that is right is enough. */
    private static final class Verdicts {

        private final boolean lenient;
        private CodeCheck.@Nullable Asked code;
        private CodeCheck.@Nullable Found best;

        Verdicts(OperationInput input) {
            lenient = input.flag("lenient-display-validation", false);
        }

        void add(CodeCheck.Asked asked, CodeCheck.Found found) {
            if (best == null || rank(found) > rank(best)) {
                best = found;
                code = asked;
            }
        }

        private static int rank(CodeCheck.Found found) {
            return switch (found) {
                case CodeCheck.Found.Right right -> right.wrongDisplay() ? 2 : 3;
                case CodeCheck.Found.NotHere notHere -> 1;
                case CodeCheck.Found.Wrong wrong -> 0;
            };
        }

        JsonNode answer(Asking asking) {
            CodeCheck.Asked asked = Objects.requireNonNull(code);
            return switch (Objects.requireNonNull(best)) {
                case CodeCheck.Found.Right right -> right(asked, right);
                case CodeCheck.Found.Wrong(String reason) ->
                    new Answer()
                            .flag("result", false)
                            .text("message", "valueString", reason)
                            .text("code", "valueCode", asked.code())
                            .text("system", "valueUri", asked.system())
                            .toJson();
                case CodeCheck.Found.NotHere(Gap gap) -> asking.ask(gap, asked);
            };
        }

        private JsonNode right(CodeCheck.Asked asked, CodeCheck.Found.Right right) {
            Answer answer = new Answer()
                    .flag("result", lenient || !right.wrongDisplay())
                    .text("message", "valueString", right.remark())
                    .text("display", "valueString", right.display())
                    .text("code", "valueCode", asked.code())
                    .text("system", "valueUri", right.system())
                    .text("version", "valueString", right.version());
            if (right.inactive()) {
                answer.flag("inactive", true);
            }
            return answer.toJson();
        }
    }
}
