package allmende.core.document;

import allmende.core.cohort.Catalogue;
import allmende.core.document.Difference.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** CCDL 1.0.0 to the letter: its version is a URI, and it has no place for members that it does not know. */
final class StrictForm {

    static final String VERSION =
            "https://medizininformatik-initiative.de/fdpg/ClinicalCohortDefinitionLanguage/v1/schema";

    private StrictForm() {}

    static Exported of(ObjectNode root, Catalogue catalogue) {
        ObjectNode tree = root.deepCopy();
        List<Exported.Loss> lost = strip(Form.COHORT, tree, "");
        List<Difference> differences = new ArrayList<>(CcdlUpgrade.apply(tree, "", catalogue));
        differences.removeIf(difference -> difference.reason() == Reason.VERSION);
        version(root, tree, "", differences);
        return new Exported(DocumentJson.write(tree), lost, differences);
    }

    static void version(ObjectNode before, ObjectNode tree, String pointer, List<Difference> differences) {
        JsonNode written = before.get("version");
        JsonNode version = tree.stringNode(VERSION);
        if (!version.equals(written)) {
            differences.addFirst(new Difference(
                    pointer + "/version",
                    written == null ? null : DocumentJson.compact(written),
                    DocumentJson.compact(version),
                    Reason.VERSION));
        }
        tree.set("version", version);
    }

    /** Takes out what the format does not know, and this program's extension. */
    static List<Exported.Loss> strip(Form form, ObjectNode tree, String pointer) {
        List<Exported.Loss> lost = new ArrayList<>();
        form.walk(tree, pointer, met -> {
            Set<String> known = met.form().members().keySet();
            for (String name : List.copyOf(met.node().propertyNames())) {
                boolean extension = met.form() == Form.CRITERION && name.equals(Form.EXTENSION_MEMBER);
                JsonNode value = met.node().get(name);
                if (value != null && (extension || !known.contains(name))) {
                    lost.add(new Exported.Loss(
                            Members.pointer(met.pointer(), name), DocumentJson.compact(value), extension));
                    met.node().remove(name);
                }
            }
        });
        return lost;
    }
}
