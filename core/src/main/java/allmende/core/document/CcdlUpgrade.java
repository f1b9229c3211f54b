package allmende.core.document;

import allmende.core.cohort.Catalogue;
import allmende.core.cohort.CcdlWriter;
import allmende.core.cohort.ContextDefinition;
import allmende.core.document.Difference.Reason;
import allmende.core.fhir.Coding;
import allmende.core.terminology.Terminology;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Brings a cohort definition to CCDL 2, in place, and notes each change. Pointers are those of the tree as it was. */
final class CcdlUpgrade {

    private final Catalogue catalogue;
    private final List<Difference> differences = new ArrayList<>();

    private CcdlUpgrade(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /**
     * Upgrades the tree.
     *
     * @param pointer JSON pointer to the tree in the whole document
     */
    static List<Difference> apply(ObjectNode cohort, String pointer, Catalogue catalogue) {
        CcdlUpgrade upgrade = new CcdlUpgrade(catalogue);
        Form.COHORT.walk(cohort, pointer, upgrade::object);
        upgrade.lists(cohort, pointer);
        return upgrade.differences;
    }

    private void object(Form.Met met) {
        switch (met.form()) {
            case COHORT -> version(met.node(), met.pointer(), CcdlForm.NEWEST, differences);
            case CODING -> coding(met);
            case FILTER, ATTRIBUTE -> respell(met);
            case CRITERION -> criterion(met);
            case VALUE, UNIT, TIME, WITHIN, EXTENSION, TOKEN, FIELD, GROUP, EXTRACTION, DATA -> {}
        }
    }

    static void version(ObjectNode node, String pointer, String newest, List<Difference> differences) {
        JsonNode before = node.get("version");
        JsonNode after = node.stringNode(newest);
        if (!after.equals(before)) {
            differences.add(new Difference(
                    pointer + "/version",
                    before == null ? null : DocumentJson.compact(before),
                    DocumentJson.compact(after),
                    Reason.VERSION));
            if (before == null) {
                Members.putFirst(node, "version", after);
            } else {
                node.set("version", after);
            }
        }
    }

    private void criterion(Form.Met met) {
        ObjectNode node = met.node();
        JsonNode single = node.get("termCode");
        if (single != null && !node.has("termCodes")) {
            ArrayNode list =
                    single.isArray() ? (ArrayNode) single : node.arrayNode().add(single);
            note(met.pointer() + "/termCode", single, list, Reason.RENAMED);
            Members.rename(node, "termCode", "termCodes");
            node.set("termCodes", list);
        }
        JsonNode context = node.get("context");
        if (context == null || context.isNull()) {
            derive(met);
        } else {
            unalias(context, met.pointer() + "/context/code");
        }
    }

    private void derive(Form.Met met) {
        ContextDefinition common = null;
        for (JsonNode term : met.node().path("termCodes")) {
            Coding coding = new Coding(
                    term.path("system").asString(""), term.path("code").asString(""));
            ContextDefinition context = catalogue.defaultContext(Terminology.canonical(coding));
            if (context == null || (common != null && !common.code().equals(context.code()))) {
                return;
            }
            common = context;
        }
        if (common != null) {
            Coding coding = new Coding(Catalogue.CONTEXT_SYSTEM, common.code());
            ObjectNode context = CcdlWriter.node(coding, common.titles().de());
            note(met.pointer() + "/context", null, context, Reason.CONTEXT);
            Members.putFirst(met.node(), "context", context);
        }
    }

    private void unalias(JsonNode context, String pointer) {
        String written = context.path("code").asString("");
        String code = catalogue.context(written).map(ContextDefinition::code).orElse(written);
        if (!code.equals(written) && context instanceof ObjectNode node) {
            note(pointer, node.get("code"), node.stringNode(code), Reason.RESPELT);
            node.put("code", code);
        }
    }

    private void coding(Form.Met met) {
        ObjectNode node = met.node();
        String written = node.path("system").asString("");
        String system = Terminology.canonical(written);
        if (!system.equals(written)) {
            note(met.pointer() + "/system", node.get("system"), node.stringNode(system), Reason.SYSTEM);
            node.put("system", system);
        }
        if (!node.has("display") && node.path("code").isString()) {
            JsonNode display = Objects.requireNonNull(node.get("code"));
            note(met.pointer() + "/display", null, display, Reason.ADDED);
            node.set("display", display);
        }
    }

    private void respell(Form.Met met) {
        if (met.node().path("type").asString("").equals(CcdlForm.MISSPELT_COMPARATOR)) {
            JsonNode after = met.node().stringNode(CcdlForm.COMPARATOR);
            note(met.pointer() + "/type", met.node().get("type"), after, Reason.RESPELT);
            met.node().set("type", after);
        }
    }

    private void lists(ObjectNode cohort, String pointer) {
        for (Side side : Side.values()) {
            if (cohort.get(side.property()) instanceof ArrayNode list) {
                for (int index = 0; index < list.size(); index++) {
                    if (list.get(index) instanceof ObjectNode alone) {
                        ArrayNode group = list.arrayNode().add(alone);
                        note(pointer + "/" + side.property() + "/" + index, alone, group, Reason.LIST);
                        list.set(index, group);
                    }
                }
            }
        }
    }

    private void note(String pointer, @Nullable JsonNode before, @Nullable JsonNode after, Reason reason) {
        differences.add(new Difference(
                pointer,
                before == null ? null : DocumentJson.compact(before),
                after == null ? null : DocumentJson.compact(after),
                reason));
    }
}
