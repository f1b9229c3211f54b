package allmende.app.identity;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What a caller over FHIR is told who is not let in: an OperationOutcome. */
final class FhirRefusal {

    /** Where the doors of pseudonyms are. */
    static final String[] PSEUDONYM_DOORS = {"/pseudonyms/fhir", "/pseudonyms/fhir/**", "/ttp-fhir/**"};

    private FhirRefusal() {}

    /** Whether the request is for a door over FHIR. */
    static boolean speaks(HttpServletRequest request) {
        String path = request.getServletPath();
        return path.startsWith("/fhir") || path.startsWith("/pseudonyms/fhir") || path.startsWith("/ttp-fhir");
    }

    static void write(HttpServletResponse response, int status, String code, String diagnostics) throws IOException {
        ObjectNode outcome = JsonMapper.shared().createObjectNode().put("resourceType", "OperationOutcome");
        outcome.putArray("issue")
                .addObject()
                .put("severity", "error")
                .put("code", code)
                .put("diagnostics", diagnostics);
        response.setStatus(status);
        response.setContentType("application/fhir+json;charset=UTF-8");
        response.getOutputStream().write(JsonMapper.shared().writeValueAsBytes(outcome));
    }
}
