package allmende.core.document;

import allmende.core.cohort.AttributeFilter;
import allmende.core.cohort.Catalogue;
import allmende.core.cohort.CcdlReader;
import allmende.core.cohort.CriterionExtension;
import allmende.core.cohort.ParsedQuery;
import allmende.core.cohort.Problem;
import allmende.core.cohort.ValueFilter;
import allmende.core.fhir.Coding;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A cohort definition (CCDL) as a document: the JSON tree itself, whatever it holds. Immutable; an edit gives a new
 * document in which only that is changed which the edit says. An edit at a spot that is not there gives the same document:
 * a page may be older than the document that it edits.
 */
public final class CohortDocument {

    private final ObjectNode root;
    private final byte @Nullable [] source;

    private CohortDocument(ObjectNode root, byte @Nullable [] source) {
        this.root = root;
        this.source = source;
    }

    /** The outcome of reading a file. */
    public sealed interface Read {

        /** It has the shape of a cohort definition, though {@link CohortDocument#query} may still find problems. */
        @SuppressWarnings("AvoidCommonTypeNames") // always written Read.Readable, beside Read.Unreadable
        record Readable(CohortDocument document, List<Remark> remarks) implements Read {
            public Readable {
                remarks = List.copyOf(remarks);
            }
        }

        /** It has not. */
        record Unreadable(Problem problem) implements Read {}
    }

    /** Reads a file in any of the five versions (UTF-8 JSON). */
    public static Read read(byte[] json) {
        return switch (DocumentJson.read(json)) {
            case DocumentJson.Tree.Not(Problem problem) -> new Read.Unreadable(problem);
            case DocumentJson.Tree.Of(ObjectNode root) -> {
                Problem fault = Groups.fault(root);
                CohortDocument document = new CohortDocument(root, json.clone());
                yield fault == null ? new Read.Readable(document, document.remarks()) : new Read.Unreadable(fault);
            }
        };
    }

    /** A document of the newest version without any criterion. */
    public static CohortDocument empty() {
        ObjectNode root = DocumentJson.object();
        root.put("version", CcdlForm.NEWEST);
        root.put("display", "");
        root.putArray(Side.INCLUSION.property());
        return new CohortDocument(root, null);
    }

    /** The document around a tree that {@link Groups#fault} finds nothing wrong with; the tree is handed over. */
    static CohortDocument around(ObjectNode root) {
        return new CohortDocument(root, null);
    }

    /** UTF-8 JSON: the very bytes that were read, until the first edit. */
    public byte[] write() {
        return source == null ? DocumentJson.write(root) : source.clone();
    }

    /** A copy of the tree. */
    public JsonNode tree() {
        return root.deepCopy();
    }

    /** What the document asks, or why it can't be answered. */
    public ParsedQuery query(Catalogue catalogue) {
        return new CcdlReader(catalogue).read(write());
    }

    /** What is worth knowing about the document. */
    public List<Remark> remarks() {
        return CcdlForm.remarks(root);
    }

    /** The document's own title; empty where it has none. */
    public String display() {
        return root.path("display").asString("");
    }

    /** Number of groups on the side. */
    public int groups(Side side) {
        return Groups.count(root, side);
    }

    /** Number of criteria in a group; 0 where there is no such group. */
    public int criteria(Side side, int group) {
        return Groups.count(root, side, group);
    }

    /** Whether there is a criterion at the spot. */
    public boolean has(Spot spot) {
        return Groups.criterion(root, spot) != null;
    }

    /** Where criteria stand, inclusion first. */
    public List<Spot> spots() {
        List<Spot> spots = new ArrayList<>();
        for (Side side : Side.values()) {
            for (int group = 0; group < groups(side); group++) {
                for (int criterion = 0; criterion < criteria(side, group); criterion++) {
                    spots.add(new Spot(side, group, criterion));
                }
            }
        }
        return spots;
    }

    /** A copy of the criterion; empty where there is none at the spot. */
    public Optional<ObjectNode> criterion(Spot spot) {
        return Optional.ofNullable(Groups.criterion(root, spot)).map(ObjectNode::deepCopy);
    }

    /** With another title. */
    public CohortDocument withDisplay(String display) {
        return edited(tree -> tree.put("display", display));
    }

    /**
     * With a criterion for the term at the end of a group.
     *
     * @param group the number of groups makes a new one
     */
    public CohortDocument addCriterion(Side side, int group, Term term) {
        return addCriterion(side, group, CriterionNodes.of(List.of(term)));
    }

    /** As {@link #addCriterion(Side, int, Term)}, of a criterion that was copied or written elsewhere. */
    public CohortDocument addCriterion(Side side, int group, ObjectNode criterion) {
        return edited(tree -> Groups.add(tree, side, group, criterion.deepCopy()));
    }

    /** As {@link #addCriterion(Side, int, Term)}, of one criterion that any of the terms meets; they share a context. */
    public CohortDocument addCriterion(Side side, int group, List<Term> terms) {
        return terms.isEmpty() ? this : addCriterion(side, group, CriterionNodes.of(terms));
    }

    /** Without the criterion; a group without criteria vanishes. */
    public CohortDocument remove(Spot spot) {
        return has(spot) ? edited(tree -> Groups.remove(tree, spot)) : this;
    }

    /** With the criterion at the end of another group; the number of groups, counted before the move, makes a new one. */
    public CohortDocument move(Spot spot, Side side, int group) {
        ObjectNode criterion = Groups.criterion(root, spot);
        if (criterion == null || (spot.side() == side && spot.group() == group)) {
            return this;
        }
        return edited(tree -> {
            Groups.add(tree, side, group, criterion.deepCopy());
            Groups.remove(tree, spot);
        });
    }

    /** With a copy of the criterion at the end of its group. */
    public CohortDocument duplicate(Spot spot) {
        ObjectNode criterion = Groups.criterion(root, spot);
        return criterion == null ? this : addCriterion(spot.side(), spot.group(), criterion);
    }

    /** With the group at another place among those of its side. */
    public CohortDocument moveGroup(Side side, int from, int to) {
        boolean there = from >= 0 && to >= 0 && Math.max(from, to) < groups(side);
        return there && from != to ? edited(tree -> Groups.move(tree, side, from, to)) : this;
    }

    /** With another criterion at the spot. */
    public CohortDocument replaceCriterion(Spot spot, ObjectNode criterion) {
        return has(spot) ? edited(tree -> Groups.replace(tree, spot, criterion.deepCopy())) : this;
    }

    /** With these term codes; those that it had keep what else is written about them. */
    public CohortDocument withTerms(Spot spot, List<Term> terms) {
        return terms.isEmpty() ? this : changed(spot, node -> CriterionNodes.terms(node, terms));
    }

    /** As {@link #withValue(Spot, ValueFilter, Function)}; new concepts show their codes. */
    public CohortDocument withValue(Spot spot, @Nullable ValueFilter filter) {
        return withValue(spot, filter, Coding::code);
    }

    /**
     * With this value filter, or with none.
     *
     * @param display the texts of selected concepts
     */
    public CohortDocument withValue(Spot spot, @Nullable ValueFilter filter, Function<Coding, String> display) {
        return changed(spot, node -> CriterionNodes.value(node, filter, display));
    }

    /** With a restriction to days, both inclusive and open where null; with none where both are null. */
    public CohortDocument withTime(Spot spot, @Nullable LocalDate first, @Nullable LocalDate last) {
        return changed(spot, node -> CriterionNodes.time(node, first, last));
    }

    /** With this filter on an attribute, in the place of an earlier one on the same attribute. */
    public CohortDocument withAttribute(Spot spot, AttributeFilter filter) {
        return withAttribute(spot, filter, Coding::code);
    }

    /** As {@link #withAttribute(Spot, AttributeFilter)}, with texts of attributes and concepts. */
    public CohortDocument withAttribute(Spot spot, AttributeFilter filter, Function<Coding, String> display) {
        return changed(spot, node -> CriterionNodes.attribute(node, filter, display));
    }

    /** Without filters on this attribute. */
    public CohortDocument withoutAttribute(Spot spot, Coding attribute) {
        return changed(spot, node -> CriterionNodes.withoutAttribute(node, attribute));
    }

    /** With this extension, or without one for {@link CriterionExtension#NONE}. */
    public CohortDocument withExtension(Spot spot, CriterionExtension extension) {
        return changed(spot, node -> CriterionNodes.extension(node, extension));
    }

    /** The document in CCDL 2, with every change that this takes. What contexts codes mean, the catalogue says. */
    public Upgrade<CohortDocument> upgraded(Catalogue catalogue) {
        ObjectNode tree = root.deepCopy();
        List<Difference> differences = CcdlUpgrade.apply(tree, "", catalogue);
        return new Upgrade<>(differences.isEmpty() ? this : around(tree), differences);
    }

    /** The document in this form, with what the form can't hold. */
    public Exported export(Format format, Catalogue catalogue) {
        return switch (format) {
            case AS_IS -> new Exported(write(), List.of(), List.of());
            case CCDL_2 -> {
                Upgrade<CohortDocument> newest = upgraded(catalogue);
                yield new Exported(newest.document().write(), List.of(), newest.differences());
            }
            case CCDL_1_STRICT -> StrictForm.of(root, catalogue);
        };
    }

    private CohortDocument changed(Spot spot, UnaryOperator<ObjectNode> change) {
        ObjectNode criterion = Groups.criterion(root, spot);
        if (criterion == null) {
            return this;
        }
        ObjectNode after = change.apply(criterion.deepCopy());
        return after.equals(criterion) ? this : replaceCriterion(spot, after);
    }

    private CohortDocument edited(Consumer<ObjectNode> edit) {
        ObjectNode tree = root.deepCopy();
        edit.accept(tree);
        return around(tree);
    }
}
