package allmende.app.terminology;

import allmende.app.fhirapi.FhirProblem;
import allmende.core.terminology.operation.CodeCheck;
import allmende.core.terminology.operation.ConceptTable;
import allmende.core.terminology.operation.Designation;
import allmende.core.terminology.operation.Gap;
import allmende.core.terminology.operation.Property;
import allmende.core.terminology.operation.TerminologySource;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code CodeSystem/$lookup}: everything that is known of a code. */
final class Lookup {

    static final Set<String> PARAMETERS =
            Set.of("code", "system", "version", "coding", "date", "displayLanguage", "property");

    private final TerminologySource source;
    private final Elsewhere elsewhere;

    Lookup(TerminologySource source, Elsewhere elsewhere) {
        this.source = source;
        this.elsewhere = elsewhere;
    }

    JsonNode answer(OperationInput input) {
        CodeCheck.Asked asked = AskedCodes.of(input, "system", "version").getFirst();
        if (asked.system().isEmpty()) {
            throw FhirProblem.of(400, "required", "The parameter system is missing.", "system");
        }
        String language = input.text("displayLanguage");
        return switch (source.system(asked.system(), asked.version())) {
            case TerminologySource.Found.Here(ConceptTable table) -> here(asked, table, language, wanted(input));
            case TerminologySource.Found.OtherVersion(List<String> versions) ->
                away(
                        asked,
                        Gap.Kind.VERSION,
                        "Version " + asked.version() + " of the code system " + asked.system()
                                + " is not installed; installed: " + String.join(", ", versions) + ".",
                        input);
            case TerminologySource.Found.Absent() ->
                away(asked, Gap.Kind.SYSTEM, "The code system " + asked.system() + " is not installed.", input);
        };
    }

    private JsonNode away(CodeCheck.Asked asked, Gap.Kind kind, String reason, OperationInput input) {
        Answer question = new Answer()
                .text("system", "valueUri", asked.system())
                .text("version", "valueString", asked.version())
                .text("code", "valueCode", asked.code())
                .text("displayLanguage", "valueCode", input.text("displayLanguage"));
        wanted(input).forEach(each -> question.text("property", "valueCode", each));
        return elsewhere.ask(
                new Gap(asked.system(), kind, reason),
                "CodeSystem/$lookup",
                List.of(asked.system()),
                question.toJson());
    }

    private static Set<String> wanted(OperationInput input) {
        Set<String> wanted = new HashSet<>();
        input.nodes("property").forEach(each -> wanted.add(each.asString("")));
        return wanted;
    }

    private static JsonNode here(
            CodeCheck.Asked asked, ConceptTable table, @Nullable String language, Set<String> wanted) {
        int concept = table.find(asked.code());
        if (concept < 0) {
            throw FhirProblem.notFound(
                    "The code " + asked.code() + " is not in " + table.facts().canonical() + ".");
        }
        Answer answer = new Answer()
                .text("name", "valueString", table.facts().title())
                .text("version", "valueString", table.facts().version())
                .text("display", "valueString", display(table, concept, language));
        if (table.isAbstract(concept)) {
            answer.flag("abstract", true);
        }
        if (wanted.isEmpty() || wanted.contains("designation")) {
            table.designations(concept).forEach(each -> designation(answer, each));
        }
        if (wanted(wanted, "inactive")) {
            ArrayNode parts = answer.parts("property");
            Answer.part(parts, "code", "valueCode", "inactive");
            parts.addObject().put("name", "value").put("valueBoolean", !table.active(concept));
        }
        relatives(answer, "parent", table, wanted(wanted, "parent") ? table.parents(concept) : new int[0]);
        relatives(answer, "child", table, wanted(wanted, "child") ? table.children(concept) : new int[0]);
        for (Property property : table.properties(concept)) {
            if (wanted(wanted, property.code()) && !property.code().equals("inactive")) {
                property(answer, property);
            }
        }
        return answer.toJson();
    }

    private static boolean wanted(Set<String> wanted, String property) {
        return wanted.isEmpty() || wanted.contains(property) || wanted.contains("*");
    }

    /** The display text is required in the answer: a code stands for a text that the source lacks. */
    private static String display(ConceptTable table, int concept, @Nullable String language) {
        String display = table.display(concept, language);
        return display.isEmpty() ? table.code(concept) : display;
    }

    private static void designation(Answer answer, Designation designation) {
        ArrayNode parts = answer.parts("designation");
        Answer.part(parts, "language", "valueCode", designation.language());
        if (!designation.use().isEmpty()) {
            Answer.part(parts, "use", "valueCoding", Answer.coding(designation.useSystem(), designation.use(), ""));
        }
        Answer.part(parts, "value", "valueString", designation.text());
    }

    private static void relatives(Answer answer, String name, ConceptTable table, int[] concepts) {
        for (int concept : concepts) {
            ArrayNode parts = answer.parts("property");
            Answer.part(parts, "code", "valueCode", name);
            Answer.part(parts, "value", "valueCode", table.code(concept));
            Answer.part(parts, "description", "valueString", table.display(concept));
        }
    }

    private static void property(Answer answer, Property property) {
        ArrayNode parts = answer.parts("property");
        Answer.part(parts, "code", "valueCode", property.code());
        String element = property.type().element();
        switch (property.type()) {
            case CODING ->
                Answer.part(
                        parts,
                        "value",
                        element,
                        Answer.coding(property.system(), property.value(), property.display()));
            case BOOLEAN -> value(parts).put(element, property.value().equals("true"));
            case INTEGER, DECIMAL -> number(parts, property);
            case CODE, STRING, DATE_TIME -> Answer.part(parts, "value", element, property.value());
        }
    }

    private static void number(ArrayNode parts, Property property) {
        try {
            value(parts).put(property.type().element(), new BigDecimal(property.value()));
        } catch (NumberFormatException none) {
            Answer.part(parts, "value", "valueString", property.value());
        }
    }

    private static ObjectNode value(ArrayNode parts) {
        return parts.addObject().put("name", "value");
    }
}
