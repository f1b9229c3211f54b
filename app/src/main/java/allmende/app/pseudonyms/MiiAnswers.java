package allmende.app.pseudonyms;

import allmende.app.fhirapi.FhirIssue;
import allmende.app.fhirapi.Outcomes;
import allmende.app.pseudonyms.Sent.Value;
import allmende.core.fhir.FhirJson;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What the operations answer. Context and original go back as they came, under the names that they came with. */
final class MiiAnswers {

    private static final String PARAMETER = "parameter";

    private MiiAnswers() {}

    static ObjectNode one(Value context, Value original, String system, String pseudonym) {
        ObjectNode answer = parameters();
        ArrayNode list = answer.putArray(PARAMETER);
        context.echo(list.addObject());
        original.echo(list.addObject());
        identifier(list.addObject(), "pseudonym", system, pseudonym);
        return answer;
    }

    static ObjectNode several(Value context, Value original, String system, List<String> pseudonyms) {
        ObjectNode answer = parameters();
        ArrayNode list = answer.putArray(PARAMETER);
        for (String pseudonym : pseudonyms) {
            ArrayNode parts = list.addObject().put("name", "pseudonym").putArray("part");
            context.echo(parts.addObject());
            original.echo(parts.addObject());
            identifier(parts.addObject(), "value", system, pseudonym);
        }
        return answer;
    }

    static ObjectNode resolved(Value context, Value pseudonym, String original) {
        ObjectNode answer = parameters();
        ArrayNode parts =
                answer.putArray(PARAMETER).addObject().put("name", "original").putArray("part");
        context.echo(parts.addObject());
        ObjectNode value = parts.addObject().put("name", "value");
        value.putObject("valueIdentifier").put("value", original);
        pseudonym.echo(parts.addObject());
        return answer;
    }

    /** That something was done, with FHIR's own code for it. */
    static ObjectNode done(String code, String sentence) {
        ObjectNode outcome = Outcomes.tree(List.of(FhirIssue.information(sentence)));
        if (outcome.path("issue").path(0) instanceof ObjectNode issue) {
            issue.putObject("details")
                    .putArray("coding")
                    .addObject()
                    .put("system", "http://terminology.hl7.org/CodeSystem/operation-outcome")
                    .put("code", code);
        }
        return outcome;
    }

    private static ObjectNode parameters() {
        return FhirJson.mapper().createObjectNode().put("resourceType", "Parameters");
    }

    private static void identifier(ObjectNode parameter, String name, String system, String value) {
        parameter.put("name", name);
        parameter.putObject("valueIdentifier").put("system", system).put("value", value);
    }
}
