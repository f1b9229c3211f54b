package allmende.app.subjects;

import allmende.app.audit.AccessLogReader;
import allmende.app.projects.DisclosureRegister;
import java.util.Objects;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The report to a patient as JSON. */
final class SubjectJson {

    private SubjectJson() {}

    static ObjectNode write(SubjectReport report) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("patient", report.patient());
        node.put("at", report.at().toString());
        node.put("t", report.t());
        ArrayNode held = node.putArray("held");
        report.held().forEach(one -> held.addObject().put("type", one.type()).put("count", one.count()));
        ArrayNode permissions = node.putArray("permissions");
        for (SubjectReport.Permitted one : report.permissions()) {
            permissions
                    .addObject()
                    .put("policy", one.code())
                    .put("name", one.de())
                    .put("nameEn", one.en())
                    .put("permitted", one.permitted())
                    .put("until", Objects.toString(one.until(), null));
        }
        ArrayNode accesses = node.putArray("accesses");
        for (AccessLogReader.Row row : report.accesses()) {
            accesses.addObject()
                    .put("n", row.n())
                    .put("at", row.at().toString())
                    .put("who", row.who())
                    .put("action", row.action())
                    .put("object", row.object())
                    .put("certain", row.all() == row.patients().size())
                    .put("outcome", row.outcome());
        }
        ArrayNode disclosures = node.putArray("disclosures");
        for (DisclosureRegister.Disclosure one : report.disclosures()) {
            disclosures
                    .addObject()
                    .put("project", one.project())
                    .put("title", one.title())
                    .put("recipient", one.recipient())
                    .put("delivery", one.delivery())
                    .put("at", one.at().toString())
                    .put("pseudonym", one.pseudonym());
        }
        return node;
    }
}
