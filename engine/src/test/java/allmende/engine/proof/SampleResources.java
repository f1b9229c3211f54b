package allmende.engine.proof;

import allmende.core.cohort.Catalogue;
import allmende.core.cohort.ContextDefinition;
import allmende.core.cohort.ContextDefinition.AttributeDefinition;
import allmende.core.cohort.ContextDefinition.CodeCondition;
import allmende.core.cohort.ContextDefinition.FactRule;
import allmende.core.cohort.ContextDefinition.TermSource;
import allmende.core.cohort.ContextDefinition.ValueRule;
import allmende.core.fhir.Coding;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Draws resources that a context's declaration speaks of, more or less as it wants them. */
final class SampleResources {

    private static final int PATIENTS = 6;
    private static final int IDS_PER_TYPE = 8;

    private final Chance chance;
    private final Catalogue catalogue;
    private final PathWriter writer;
    private final SampleValues values;
    private final SampleConsents consents;

    SampleResources(Chance chance, Catalogue catalogue) {
        this.chance = chance;
        this.catalogue = catalogue;
        this.writer = new PathWriter(chance);
        this.values = new SampleValues(chance);
        this.consents = new SampleConsents(chance);
    }

    String patientId() {
        return "p" + chance.between(1, PATIENTS);
    }

    String id() {
        return "r" + chance.between(1, IDS_PER_TYPE);
    }

    /** A resource of the context's type: of a patient mostly, with the elements that the declaration names mostly. */
    ObjectNode draw(ContextDefinition context) {
        ObjectNode resource =
                resource(context.resourceType(), context.resourceType().equals("Patient") ? patientId() : id());
        if (!context.resourceType().equals("Patient")) {
            subject(resource);
        }
        if (context.resourceType().equals("Consent")) {
            consents.write(resource);
            return resource;
        }
        context.only().stream().filter(condition -> chance.percent(93)).forEach(condition -> meet(resource, condition));
        context.exclude().stream()
                .filter(condition -> chance.percent(10))
                .forEach(condition -> meet(resource, condition));
        boolean byNature = context.facts().getFirst().term() instanceof TermSource.Fixed;
        if (byNature) {
            context.facts().forEach(rule -> fact(resource, context, rule));
        } else {
            fact(resource, context, chance.of(context.facts()));
        }
        if (!byNature && chance.percent(20)) {
            fact(resource, context, chance.of(context.facts()));
        }
        context.time().stream().filter(path -> chance.percent(70)).forEach(path -> {
            SampleValues.Typed time = values.time(path);
            writer.put(resource, path, time.type(), time.node());
        });
        context.attributes().stream().filter(one -> chance.percent(75)).forEach(one -> attribute(resource, one));
        return resource;
    }

    /** A Medication that prescriptions may point to. */
    ObjectNode medication(String id) {
        ObjectNode medication = resource("Medication", id);
        medication.set(
                "code",
                values.coded(() -> SampleCodes.draw(chance, List.of(SampleCodes.ATC, SampleCodes.ATC_WHO)))
                        .node());
        if (chance.percent(30)) {
            writer.put(medication, "ingredient.itemCodeableConcept.coding", "", ingredient());
        }
        return medication;
    }

    private ObjectNode ingredient() {
        Coding coding = SampleCodes.draw(chance, List.of(SampleCodes.ATC, SampleCodes.ATC_WHO));
        return JsonNodeFactory.instance
                .objectNode()
                .put("system", coding.system())
                .put("code", coding.code());
    }

    static ObjectNode resource(String type, String id) {
        return JsonNodeFactory.instance.objectNode().put("resourceType", type).put("id", id);
    }

    private void subject(ObjectNode resource) {
        String element = resource.get("resourceType").asString().equals("Consent") ? "patient" : "subject";
        switch (chance.between(0, 19)) {
            case 0 -> {}
            case 1 -> resource.putObject(element).put("reference", "Patient/unknown");
            case 2 -> resource.putObject(element).put("reference", "Group/g1");
            case 3 -> resource.putObject(element).put("reference", "https://example.org/fhir/Patient/" + patientId());
            default -> resource.putObject(element).put("reference", "Patient/" + patientId());
        }
    }

    private void meet(ObjectNode resource, CodeCondition condition) {
        String path = chance.of(condition.paths());
        String token = chance.of(condition.codes());
        int bar = token.indexOf('|');
        if (bar < 0) {
            String version = token.startsWith("http") && chance.percent(30) ? "|2026.0.0" : "";
            writer.put(resource, path, "Code", resource.stringNode(token + version));
            return;
        }
        String code = bar + 1 == token.length() ? "any" : token.substring(bar + 1);
        SampleValues.Typed coded = values.coded(() -> new Coding(token.substring(0, bar), code));
        writer.put(resource, path, coded.type(), coded.node());
    }

    private void fact(ObjectNode resource, ContextDefinition context, FactRule rule) {
        String each = rule.each();
        ObjectNode base = each == null ? resource : resource.objectNode();
        if (each != null) {
            writer.put(resource, each, "", base);
        }
        switch (rule.term()) {
            case TermSource.Fixed ignored -> {}
            case TermSource.Element element -> {
                SampleValues.Typed coded = values.coded(() -> term(context, rule));
                writer.put(base, element.path(), coded.type(), coded.node());
            }
            case TermSource.Referenced referenced -> refer(resource, base, referenced);
        }
        rule.values().stream().filter(value -> chance.percent(80)).forEach(value -> put(base, value));
    }

    /** A term that the rule may give, or one of those that stand for others. */
    Coding term(ContextDefinition context, FactRule rule) {
        if (!context.derived().isEmpty() && chance.percent(70)) {
            return chance.of(chance.of(chance.of(context.derived()).all()));
        }
        return switch (rule.term()) {
            case TermSource.Fixed fixed -> fixed.coding();
            case TermSource.Element element -> {
                List<Coding> wanted = wanted(context, element.path());
                yield !wanted.isEmpty() && chance.percent(70)
                        ? chance.of(wanted)
                        : SampleCodes.draw(chance, element.systems());
            }
            case TermSource.Referenced ignored ->
                SampleCodes.draw(chance, List.of(SampleCodes.ATC, SampleCodes.ATC_WHO));
        };
    }

    /** The first few codes that the context's resources must have at this path. */
    private static List<Coding> wanted(ContextDefinition context, String path) {
        return context.only().stream()
                .filter(condition -> condition.paths().contains(path))
                .flatMap(condition -> condition.codes().stream())
                .filter(token -> token.contains("|") && !token.endsWith("|"))
                .limit(3)
                .map(token ->
                        new Coding(token.substring(0, token.indexOf('|')), token.substring(token.indexOf('|') + 1)))
                .toList();
    }

    private void refer(ObjectNode resource, ObjectNode base, TermSource.Referenced referenced) {
        String reference =
                switch (chance.between(0, 5)) {
                    case 0 -> contain(resource);
                    case 1 -> "https://example.org/fhir/" + referenced.type() + "/" + id();
                    default -> referenced.type() + "/" + id();
                };
        ObjectNode node = resource.objectNode().put("reference", reference);
        writer.put(base, referenced.reference(), "Reference", node);
    }

    private String contain(ObjectNode resource) {
        resource.putArray("contained").add(medication("inside"));
        return "#inside";
    }

    private void attribute(ObjectNode resource, AttributeDefinition attribute) {
        if (!attribute.isReference()) {
            put(resource, chance.of(attribute.values()));
            return;
        }
        String type =
                catalogue.context(chance.of(attribute.targets())).orElseThrow().resourceType();
        String base = chance.percent(20) ? "https://example.org/fhir/" : "";
        ObjectNode node = resource.objectNode().put("reference", base + type + "/" + id());
        writer.put(resource, chance.of(attribute.references()), "Reference", node);
    }

    private void put(ObjectNode base, ValueRule rule) {
        SampleValues.Typed value = values.value(rule, new ArrayList<>());
        writer.put(base, rule.path(), value.type(), value.node());
    }
}
