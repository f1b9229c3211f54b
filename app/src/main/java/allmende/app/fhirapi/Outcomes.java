package allmende.app.fhirapi;

import allmende.core.fhir.FhirJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** OperationOutcomes. */
public final class Outcomes {

    private Outcomes() {}

    /** As a tree. */
    public static ObjectNode tree(List<FhirIssue> issues) {
        ObjectNode outcome = FhirJson.mapper().createObjectNode().put("resourceType", "OperationOutcome");
        ArrayNode list = outcome.putArray("issue");
        for (FhirIssue issue : issues) {
            ObjectNode one = list.addObject()
                    .put("severity", issue.severity())
                    .put("code", issue.code())
                    .put("diagnostics", wellFormed(issue.diagnostics()));
            if (!issue.expression().isEmpty()) {
                ArrayNode expression = one.putArray("expression");
                issue.expression().forEach(expression::add);
            }
        }
        return outcome;
    }

    /** Sentences may quote what was sent: half of a surrogate pair would make them unreadable. */
    private static String wellFormed(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    /** As bytes. */
    public static byte[] json(List<FhirIssue> issues) {
        return FhirJson.write(tree(issues));
    }

    /** That everything is fine, in a sentence. */
    public static byte[] fine(String sentence) {
        return json(List.of(FhirIssue.information(sentence)));
    }

    /** The issue for an error that was told by a status alone. */
    public static FhirIssue ofStatus(int status) {
        return switch (status) {
            case 400 -> FhirIssue.error("invalid", "The request can't be understood.");
            case 401 -> FhirIssue.error("login", "Who calls? Log in, or send a token.");
            case 403 -> FhirIssue.error("forbidden", "The caller may not do this.");
            case 404 -> FhirIssue.error("not-found", "There is nothing at this address.");
            case 405 -> FhirIssue.error("not-supported", "This method is not carried out at this address.");
            case 406 -> FhirIssue.error("not-supported", "No such format is made here.");
            case 413 -> FhirIssue.error("too-long", "The body is too large.");
            case 415 -> FhirIssue.error("not-supported", "No such format is read here.");
            case 429 -> FhirIssue.error("throttled", "Too many requests; try again later.");
            case 501 -> FhirIssue.error("not-supported", "The request uses a part of HTTP that is not spoken here.");
            case 503 -> FhirIssue.error("transient", "The server can't do this now; try again later.");
            default ->
                status < 500
                        ? FhirIssue.error("processing", "The request can't be carried out.")
                        : FhirIssue.error("exception", "Something went wrong in the server; its log tells what.");
        };
    }
}
