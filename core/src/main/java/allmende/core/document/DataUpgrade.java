package allmende.core.document;

import allmende.core.cohort.Catalogue;
import allmende.core.document.Difference.Reason;
import allmende.core.extraction.AttributeGroup;
import allmende.core.extraction.CrtdlReader;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Brings a data selection to the newest CRTDL, or to the one that the present national portal reads. */
final class DataUpgrade {

    private static final String COHORT = "cohortDefinition";

    /** What documents of CRTDL 0.1.0 have as their version. */
    private static final String FORMER_VERSION = "http://json-schema.org/to-be-done/schema#";

    private DataUpgrade() {}

    /** Upgrades the tree in place and tells every change. */
    static List<Difference> apply(ObjectNode root, Catalogue catalogue) {
        List<Difference> differences = new ArrayList<>();
        CcdlUpgrade.version(root, "", CcdlForm.NEWEST_DATA, differences);
        if (root.get(COHORT) instanceof ObjectNode cohort) {
            differences.addAll(CcdlUpgrade.apply(cohort, "/" + COHORT, catalogue));
        }
        List<AttributeGroup> groups = CrtdlReader.read(root).extraction().groups();
        for (int index = groups.size() - 1; index >= 0; index--) {
            ObjectNode node = DataShape.group(root, index);
            if (node != null) {
                addFirst(
                        node,
                        "name",
                        groups.get(index).name(),
                        groups.get(index).pointer(),
                        differences);
                addFirst(node, "id", groups.get(index).id(), groups.get(index).pointer(), differences);
            }
        }
        return differences;
    }

    private static void addFirst(
            ObjectNode node, String name, String text, String pointer, List<Difference> differences) {
        if (node.path(name).asString("").isBlank()) {
            String before = node.has(name) ? DocumentJson.compact(node.path(name)) : null;
            String after = DocumentJson.compact(node.stringNode(text));
            differences.add(new Difference(pointer + "/" + name, before, after, Reason.ADDED));
            if (node.has(name)) {
                node.put(name, text);
            } else {
                Members.putFirst(node, name, node.stringNode(text));
            }
        }
    }

    static Exported strict(ObjectNode root, Catalogue catalogue) {
        ObjectNode tree = root.deepCopy();
        List<Exported.Loss> lost = StrictForm.strip(Form.DATA, tree, "");
        List<Difference> differences = new ArrayList<>();
        CcdlUpgrade.version(tree, "", FORMER_VERSION, differences);
        if (tree.get(COHORT) instanceof ObjectNode cohort) {
            ObjectNode before = cohort.deepCopy();
            differences.addAll(CcdlUpgrade.apply(cohort, "/" + COHORT, catalogue));
            differences.removeIf(difference -> difference.pointer().equals("/" + COHORT + "/version"));
            StrictForm.version(before, cohort, "/" + COHORT, differences);
        }
        return new Exported(DocumentJson.write(tree), lost, differences);
    }
}
