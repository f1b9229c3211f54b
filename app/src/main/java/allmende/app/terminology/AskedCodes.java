package allmende.app.terminology;

import allmende.app.fhirapi.FhirProblem;
import allmende.core.terminology.operation.CodeCheck;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The code or codes that a request is about, however it names them: code and system, coding, or codeableConcept. */
final class AskedCodes {

    private AskedCodes() {}

    /**
     * All of them; several only of a codeableConcept.
     *
     * @param system name of the parameter of the code system where it stands beside {@code code}
     * @param version name of the parameter of its version
     * @throws FhirProblem 400 if there is none
     */
    static List<CodeCheck.Asked> of(OperationInput input, String system, String version) {
        List<CodeCheck.Asked> codes = new ArrayList<>();
        JsonNode coding = input.node("coding");
        if (coding != null) {
            codes.add(coding(coding, "coding"));
        }
        JsonNode concept = input.node("codeableConcept");
        if (concept != null) {
            concept.path("coding").forEach(each -> codes.add(coding(each, "codeableConcept")));
        }
        String code = input.text("code");
        if (code != null) {
            String uri = input.text(system);
            codes.add(new CodeCheck.Asked(uri == null ? "" : uri, input.text(version), code, input.text("display")));
        }
        if (codes.isEmpty()) {
            throw FhirProblem.of(400, "required", "Name a code: by code and " + system + ", or by coding.", "code");
        }
        return codes;
    }

    /** A coding that must have a code. */
    static CodeCheck.Asked coding(JsonNode coding, String parameter) {
        String code = coding.path("code").asString("");
        if (code.isEmpty()) {
            throw FhirProblem.of(400, "required", "The coding has no code.", parameter + ".code");
        }
        return new CodeCheck.Asked(
                coding.path("system").asString(""), text(coding, "version"), code, text(coding, "display"));
    }

    private static @Nullable String text(JsonNode node, String member) {
        String text = node.path(member).asString("");
        return text.isEmpty() ? null : text;
    }
}
