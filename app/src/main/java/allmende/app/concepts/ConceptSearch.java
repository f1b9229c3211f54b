package allmende.app.concepts;

import allmende.core.cohort.Catalogue;
import allmende.core.fhir.Coding;
import allmende.core.terminology.Terminology;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds concepts. Safe for use by several threads. */
public final class ConceptSearch implements AutoCloseable {

    private ConceptSearch() {}

    /**
     * Opens the index, which is built first where it is not there or not of this terminology and catalogue.
     *
     * @param folder the index' own folder, created if absent
     */
    public static ConceptSearch open(Path folder, Terminology terminology, Catalogue catalogue) {
        return new ConceptSearch();
    }

    /**
     * Searches.
     *
     * @param text words or a code, as typed; blank finds everything that passes the filter
     * @param offset number of concepts to leave out, at least 0
     * @param limit number of concepts wanted at most
     */
    public SearchPage search(String text, ConceptFilter filter, int offset, int limit) {
        return new SearchPage(List.of(), 0, offset, Map.of());
    }

    /** The concept, if the context can ask for it. */
    public Optional<Concept> find(Coding coding, String context) {
        return Optional.empty();
    }

    /** What is above the concept, the nearest last. */
    public List<Concept> parents(Coding coding, String context) {
        return List.of();
    }

    /** What is directly below the concept, in the order of its code system. */
    public List<Concept> children(Coding coding, String context) {
        return List.of();
    }

    /** What has the same parent, the concept itself included, in the order of its code system. */
    public List<Concept> siblings(Coding coding, String context) {
        return List.of();
    }

    /**
     * Looks up a pasted list of codes.
     *
     * @param pasted codes separated by anything
     * @param filter where to look
     */
    public BulkResult bulk(String pasted, ConceptFilter filter) {
        return new BulkResult(List.of(), List.of(), List.of(), 0);
    }

    @Override
    public void close() {}
}
