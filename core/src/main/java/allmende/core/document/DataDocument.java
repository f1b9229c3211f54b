package allmende.core.document;

import allmende.core.cohort.Catalogue;
import allmende.core.cohort.Problem;
import allmende.core.extraction.AttributeGroup;
import allmende.core.extraction.CrtdlReader;
import allmende.core.extraction.ExtractionRead;
import allmende.core.extraction.ResourceFilter;
import allmende.core.fhir.Coding;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A data selection (CRTDL) as a document: a cohort definition, and groups of fields that are wanted of its patients.
 * Immutable and lossless as {@link CohortDocument}; an edit of a group that is not there gives the same document. Groups
 * are numbered from 0, since those of older documents have no id.
 */
public final class DataDocument {

    private static final String COHORT = "cohortDefinition";

    private final ObjectNode root;
    private final byte @Nullable [] source;

    private DataDocument(ObjectNode root, byte @Nullable [] source) {
        this.root = root;
        this.source = source;
    }

    /** The outcome of reading a file. */
    public sealed interface Read {

        /** It has the shape of a data selection, though {@link DataDocument#extraction} may still find problems. */
        @SuppressWarnings("AvoidCommonTypeNames") // always written Read.Readable, beside Read.Unreadable
        record Readable(DataDocument document, List<Remark> remarks) implements Read {
            public Readable {
                remarks = List.copyOf(remarks);
            }
        }

        /** It has not. */
        record Unreadable(Problem problem) implements Read {}
    }

    /** Reads a file, of the newest form or an older one (UTF-8 JSON). */
    public static Read read(byte[] json) {
        return switch (DocumentJson.read(json)) {
            case DocumentJson.Tree.Not(Problem problem) -> new Read.Unreadable(problem);
            case DocumentJson.Tree.Of(ObjectNode root) -> {
                Problem fault = DataShape.fault(root);
                DataDocument document = new DataDocument(root, json.clone());
                yield fault == null ? new Read.Readable(document, document.remarks()) : new Read.Unreadable(fault);
            }
        };
    }

    /** A document of the newest form without criteria and groups. */
    public static DataDocument empty() {
        ObjectNode root = DocumentJson.object();
        root.put("version", CcdlForm.NEWEST_DATA);
        root.put("display", "");
        root.set(COHORT, CohortDocument.empty().tree());
        root.putObject(DataShape.EXTRACTION).putArray(DataShape.GROUPS);
        return new DataDocument(root, null);
    }

    /** UTF-8 JSON: the very bytes that were read, until the first edit. */
    public byte[] write() {
        return source == null ? DocumentJson.write(root) : source.clone();
    }

    /** A copy of the tree. */
    public JsonNode tree() {
        return root.deepCopy();
    }

    /** What is worth knowing about the document, its cohort definition included. */
    public List<Remark> remarks() {
        return CcdlForm.remarks(Form.DATA, root);
    }

    /** The document's own title; empty where it has none. */
    public String display() {
        return root.path("display").asString("");
    }

    /** With another title. */
    public DataDocument withDisplay(String display) {
        return edited(tree -> tree.put("display", display));
    }

    /** The cohort definition inside; an empty one where there is none. */
    public CohortDocument cohort() {
        return root.get(COHORT) instanceof ObjectNode cohort
                ? CohortDocument.around(cohort.deepCopy())
                : CohortDocument.empty();
    }

    /** With another cohort definition. */
    public DataDocument withCohort(CohortDocument cohort) {
        return edited(tree -> tree.set(COHORT, cohort.tree()));
    }

    /** What data is asked for, or why it can't be handed out. */
    public ExtractionRead extraction() {
        return CrtdlReader.read(root);
    }

    /** The groups as far as they can be read; their numbers are those of the document where {@link #read} accepted it. */
    public List<AttributeGroup> groups() {
        return extraction().extraction().groups();
    }

    /** With a new group of a profile (canonical URL) at the end, still without fields. Its id is free in the document. */
    public DataDocument addGroup(String profile, String name) {
        return edited(tree -> DataShape.add(tree, DataShape.group(tree, profile, name)));
    }

    /** Without the group, and without the links to it. */
    public DataDocument removeGroup(int group) {
        return has(group) ? edited(tree -> DataShape.remove(tree, group)) : this;
    }

    /** With the group at another place. */
    public DataDocument moveGroup(int from, int to) {
        return has(from) && has(to) && from != to ? edited(tree -> DataShape.move(tree, from, to)) : this;
    }

    /** With another name of the group. */
    public DataDocument renameGroup(int group, String name) {
        return changed(group, node -> node.put("name", name));
    }

    /** Whether the group's resources are wanted only where another group refers to them. */
    public DataDocument withReferenceOnly(int group, boolean only) {
        return changed(group, node -> {
            if (only) {
                node.put("includeReferenceOnly", true);
            } else {
                node.remove("includeReferenceOnly");
            }
        });
    }

    /** With the field in the group; one that is there already gets this {@code mustHave} and keeps the rest. */
    public DataDocument withAttribute(int group, String element, boolean mustHave) {
        return changed(group, node -> FieldNodes.attribute(node, element).put("mustHave", mustHave));
    }

    /** Without the field. */
    public DataDocument removeAttribute(int group, String element) {
        return changed(group, node -> FieldNodes.removeAttribute(node, element));
    }

    /** As {@link #withFilter(int, ResourceFilter, Function)}; new codes show themselves. */
    public DataDocument withFilter(int group, ResourceFilter filter) {
        return withFilter(group, filter, Coding::code);
    }

    /**
     * With this filter in the place of an earlier one of its kind on the same search parameter.
     *
     * @param display the texts of codes
     */
    public DataDocument withFilter(int group, ResourceFilter filter, Function<Coding, String> display) {
        return changed(group, node -> FieldNodes.filter(node, filter, display));
    }

    /** Without filters on this search parameter. */
    public DataDocument withoutFilter(int group, String name) {
        return changed(group, node -> FieldNodes.removeFilter(node, name));
    }

    /** With a link from a field, which is added where it is missing, to the group with this id. */
    public DataDocument withLink(int group, String element, String linkedGroup) {
        return changed(group, node -> FieldNodes.link(FieldNodes.attribute(node, element), linkedGroup));
    }

    /** Without this link. */
    public DataDocument withoutLink(int group, String element, String linkedGroup) {
        return changed(group, node -> FieldNodes.unlink(node, element, linkedGroup));
    }

    /** The document in the newest CRTDL with CCDL 2 inside, with every change that this takes. */
    public Upgrade<DataDocument> upgraded(Catalogue catalogue) {
        ObjectNode tree = root.deepCopy();
        List<Difference> differences = DataUpgrade.apply(tree, catalogue);
        return new Upgrade<>(differences.isEmpty() ? this : new DataDocument(tree, null), differences);
    }

    /** The document in this form, with what the form can't hold. */
    public Exported export(Format format, Catalogue catalogue) {
        return switch (format) {
            case AS_IS -> new Exported(write(), List.of(), List.of());
            case CCDL_2 -> {
                Upgrade<DataDocument> newest = upgraded(catalogue);
                yield new Exported(newest.document().write(), List.of(), newest.differences());
            }
            case CCDL_1_STRICT -> DataUpgrade.strict(root, catalogue);
        };
    }

    private boolean has(int group) {
        return DataShape.group(root, group) != null;
    }

    private DataDocument changed(int group, Consumer<ObjectNode> change) {
        if (!has(group)) {
            return this;
        }
        DataDocument after = edited(tree -> {
            ObjectNode node = DataShape.group(tree, group);
            if (node != null) {
                change.accept(node);
            }
        });
        return after.root.equals(root) ? this : after;
    }

    private DataDocument edited(Consumer<ObjectNode> edit) {
        ObjectNode tree = root.deepCopy();
        edit.accept(tree);
        return new DataDocument(tree, null);
    }
}
