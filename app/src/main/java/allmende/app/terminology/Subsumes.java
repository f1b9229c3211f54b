package allmende.app.terminology;

import allmende.app.fhirapi.FhirProblem;
import allmende.core.terminology.Hierarchy;
import allmende.core.terminology.Terminology;
import allmende.core.terminology.operation.CodeCheck;
import allmende.core.terminology.operation.ConceptTable;
import allmende.core.terminology.operation.Gap;
import allmende.core.terminology.operation.Subsumption;
import allmende.core.terminology.operation.TerminologySource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** {@code CodeSystem/$subsumes}: how one code stands to another. */
final class Subsumes {

    static final Set<String> PARAMETERS = Set.of("codeA", "codeB", "system", "version", "codingA", "codingB");

    /** ATC, whose hierarchy follows from its codes. */
    private static final Terminology BY_CODE = Terminology.of(List.of());

    private final TerminologySource source;
    private final Elsewhere elsewhere;

    Subsumes(TerminologySource source, Elsewhere elsewhere) {
        this.source = source;
        this.elsewhere = elsewhere;
    }

    JsonNode answer(OperationInput input) {
        CodeCheck.Asked a = asked(input, "A");
        CodeCheck.Asked b = asked(input, "B");
        if (a.system().isEmpty()) {
            throw FhirProblem.of(400, "required", "The parameter system is missing.", "system");
        }
        if (!Terminology.canonical(a.system()).equals(Terminology.canonical(b.system()))) {
            throw FhirProblem.invalid("The two codes are of different code systems.", "codingB.system");
        }
        return switch (source.system(a.system(), a.version())) {
            case TerminologySource.Found.Here(ConceptTable table) ->
                outcome(Subsumption.between(table, find(table, a.code(), "codeA"), find(table, b.code(), "codeB")));
            case TerminologySource.Found.OtherVersion(List<String> versions) ->
                away(
                        a,
                        b,
                        Gap.Kind.VERSION,
                        "Version " + a.version() + " of the code system " + a.system()
                                + " is not installed; installed: " + String.join(", ", versions) + ".");
            case TerminologySource.Found.Absent() ->
                byCode(a, b)
                        .map(Subsumes::outcome)
                        .orElseGet(() ->
                                away(a, b, Gap.Kind.SYSTEM, "The code system " + a.system() + " is not installed."));
        };
    }

    private static CodeCheck.Asked asked(OperationInput input, String letter) {
        JsonNode coding = input.node("coding" + letter);
        if (coding != null) {
            return AskedCodes.coding(coding, "coding" + letter);
        }
        String system = input.text("system");
        return new CodeCheck.Asked(
                system == null ? "" : system, input.text("version"), input.required("code" + letter), null);
    }

    private static int find(ConceptTable table, String code, String parameter) {
        int concept = table.find(code);
        if (concept < 0) {
            throw FhirProblem.of(
                    404,
                    "not-found",
                    "The code " + code + " is not in " + table.facts().canonical() + ".",
                    parameter);
        }
        return concept;
    }

    private static Optional<Subsumption> byCode(CodeCheck.Asked a, CodeCheck.Asked b) {
        return BY_CODE.hierarchy(a.system()).flatMap(hierarchy -> between(hierarchy, a.code(), b.code()));
    }

    private static Optional<Subsumption> between(Hierarchy hierarchy, String codeA, String codeB) {
        OptionalInt a = hierarchy.position(codeA);
        OptionalInt b = hierarchy.position(codeB);
        if (a.isEmpty() || b.isEmpty()) {
            return Optional.empty();
        }
        if (a.getAsInt() == b.getAsInt()) {
            return Optional.of(Subsumption.EQUIVALENT);
        }
        if (below(hierarchy, a.getAsInt(), b.getAsInt())) {
            return Optional.of(Subsumption.SUBSUMES);
        }
        return Optional.of(
                below(hierarchy, b.getAsInt(), a.getAsInt()) ? Subsumption.SUBSUMED_BY : Subsumption.NOT_SUBSUMED);
    }

    private static boolean below(Hierarchy hierarchy, int top, int position) {
        return hierarchy.subtree(top).stream().anyMatch(each -> each.low() <= position && position <= each.high());
    }

    private JsonNode away(CodeCheck.Asked a, CodeCheck.Asked b, Gap.Kind kind, String reason) {
        Answer question = new Answer()
                .text("system", "valueUri", a.system())
                .text("version", "valueString", a.version())
                .text("codeA", "valueCode", a.code())
                .text("codeB", "valueCode", b.code());
        return elsewhere.ask(
                new Gap(a.system(), kind, reason), "CodeSystem/$subsumes", List.of(a.system()), question.toJson());
    }

    private static JsonNode outcome(Subsumption subsumption) {
        return new Answer().text("outcome", "valueCode", subsumption.code()).toJson();
    }
}
