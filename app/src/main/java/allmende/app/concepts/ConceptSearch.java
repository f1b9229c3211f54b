package allmende.app.concepts;

import allmende.core.cohort.Catalogue;
import allmende.core.disclosure.PublishedStatistics;
import allmende.core.fhir.Coding;
import allmende.core.terminology.Terminology;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.apache.lucene.index.DirectoryReader;

/**
 * Finds concepts by words and codes. The index is rebuilt only when the terminology, the catalogue or the project's own
 * names change; what sites publish is kept beside it. Safe for use by several threads.
 */
public final class ConceptSearch implements AutoCloseable {

    /** Fewer hits than this and similar spellings are looked for, too. */
    private static final int ENOUGH = 5;

    private final DirectoryReader base;
    private final Catalogue catalogue;
    private final OwnNames names;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private Shelf shelf;

    private ConceptSearch(DirectoryReader base, Catalogue catalogue, OwnNames names, Shelf shelf) {
        this.base = base;
        this.catalogue = catalogue;
        this.names = names;
        this.shelf = shelf;
    }

    /**
     * Opens the index, which is built first where it is not there or not of this terminology and catalogue; building
     * takes some seconds.
     *
     * @param folder the index' own folder, created if absent
     */
    public static ConceptSearch open(Path folder, Terminology terminology, Catalogue catalogue) {
        OwnNames names = OwnNames.shipped();
        DirectoryReader base = IndexFolder.open(
                folder,
                ConceptList.fingerprint(terminology, catalogue, names),
                () -> ConceptList.of(terminology, catalogue, names));
        try {
            return new ConceptSearch(base, catalogue, names, Shelf.of(base, catalogue, SiteCounts.NONE));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Takes over what sites have published, the newest of each, in place of what was known before. */
    public void availability(Map<String, PublishedStatistics> bySite) {
        try {
            Shelf fresh = Shelf.of(base, catalogue, SiteCounts.of(bySite));
            lock.writeLock().lock();
            try {
                shelf.close();
                shelf = fresh;
            } finally {
                lock.writeLock().unlock();
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /**
     * Searches.
     *
     * @param text words or a code, as typed; blank finds everything that passes the filter
     * @param offset number of concepts to leave out, at least 0
     * @param limit number of concepts wanted at most
     */
    public SearchPage search(String text, ConceptFilter filter, int offset, int limit) {
        return reading(current -> {
            Ranking ranking = ranked(current, text, filter);
            List<Concept> concepts = new ArrayList<>();
            for (int number : ranking.page(Math.max(offset, 0), Math.max(limit, 0))) {
                concepts.add(current.concept(number));
            }
            Map<String, Integer> facets = new LinkedHashMap<>();
            for (int i = 0; i < current.contexts().size(); i++) {
                if (ranking.facets()[i] > 0) {
                    facets.put(current.contexts().get(i), ranking.facets()[i]);
                }
            }
            return new SearchPage(concepts, ranking.total(), Math.max(offset, 0), facets);
        });
    }

    private static Ranking ranked(Shelf shelf, String text, ConceptFilter filter) throws IOException {
        Ranking ranking = new Ranking(shelf, filter);
        TextQuery query = new TextQuery(shelf.reader(), text);
        if (query.isBlank()) {
            ranking.run(TextQuery.everything());
            return ranking;
        }
        ranking.run(query.strict());
        if (ranking.total() >= ENOUGH) {
            return ranking;
        }
        Ranking both = new Ranking(shelf, filter);
        both.run(query.strictOrSimilar());
        return both;
    }

    /** The concept, if the context can ask for it. */
    public Optional<Concept> find(Coding coding, String context) {
        return reading(current -> {
            int number = current.number(context, coding);
            return number < 0 ? Optional.<Concept>empty() : Optional.of(current.concept(number));
        });
    }

    /** The concept in each context that can ask for it, in the catalogue's order. */
    public List<Concept> everywhere(Coding coding) {
        return reading(current -> {
            List<Concept> concepts = new ArrayList<>();
            for (String context : current.contexts()) {
                int number = current.number(context, coding);
                if (number >= 0) {
                    concepts.add(current.concept(number));
                }
            }
            return concepts;
        });
    }

    /** Further words for the concept, in any language, as the project's own files know them. */
    public List<String> synonyms(Coding coding) {
        return names.of(Terminology.canonical(coding)).synonyms();
    }

    /** What is above the concept, the nearest last. */
    public List<Concept> parents(Coding coding, String context) {
        return reading(current -> {
            List<Integer> above = new ArrayList<>();
            int number = current.number(context, coding);
            for (int at = number < 0 ? -1 : current.parent(number); at >= 0; at = current.parent(at)) {
                above.add(at);
            }
            Collections.reverse(above);
            return concepts(current, above);
        });
    }

    /** What is directly below the concept, in the order of its code system. */
    public List<Concept> children(Coding coding, String context) {
        return reading(current -> {
            int number = current.number(context, coding);
            return number < 0 ? List.<Concept>of() : concepts(current, current.children(number));
        });
    }

    /** What has the same parent, the concept itself included, in the order of its code system. */
    public List<Concept> siblings(Coding coding, String context) {
        return reading(current -> {
            int number = current.number(context, coding);
            if (number < 0) {
                return List.<Concept>of();
            }
            int parent = current.parent(number);
            return parent < 0 ? roots(current, context, coding.system()) : concepts(current, current.children(parent));
        });
    }

    /** The topmost concepts of a code system in a context, in its order. */
    public List<Concept> roots(String context, String system) {
        return reading(current -> roots(current, context, system));
    }

    private static List<Concept> roots(Shelf shelf, String context, String system) throws IOException {
        int of = shelf.contexts().indexOf(context);
        int systemNumber = shelf.systemNumber(Terminology.canonical(system));
        return of < 0 || systemNumber < 0 ? List.of() : concepts(shelf, shelf.roots(of, systemNumber));
    }

    /**
     * Looks up a pasted list of codes.
     *
     * @param pasted codes separated by anything
     * @param filter where to look
     */
    public BulkResult bulk(String pasted, ConceptFilter filter) {
        return reading(current -> new BulkLookup(current, filter).of(pasted));
    }

    /** A code system in a context that can ask for it. */
    public record Tree(String context, String system) {}

    /** The code systems of which some concept is below another, with how many concepts they have, in catalogue order. */
    public Map<Tree, Integer> trees() {
        return reading(Shelf::trees);
    }

    /**
     * Whether anything can be found with this filter's context and systems.
     *
     * @param systems URIs; empty for all
     */
    public boolean has(String context, List<String> systems) {
        return reading(current -> (systems.isEmpty() ? current.systems() : systems)
                .stream().anyMatch(system -> current.has(new Tree(context, Terminology.canonical(system)))));
    }

    /** URIs of all code systems of which there are concepts. */
    public List<String> systems() {
        return reading(Shelf::systems);
    }

    /** The most patients that any concept has. */
    public long mostPatients() {
        return reading(Shelf::mostPatients);
    }

    /** Number of concepts that can be found; a concept counts once for each context that can ask for it. */
    public int size() {
        return reading(Shelf::size);
    }

    private static List<Concept> concepts(Shelf shelf, List<Integer> numbers) throws IOException {
        List<Concept> concepts = new ArrayList<>(numbers.size());
        for (int number : numbers) {
            concepts.add(shelf.concept(number));
        }
        return concepts;
    }

    @FunctionalInterface
    private interface Reading<T> {
        T from(Shelf shelf) throws IOException;
    }

    private <T> T reading(Reading<T> reading) {
        lock.readLock().lock();
        try {
            return reading.from(shelf);
        } catch (IOException broken) {
            throw new UncheckedIOException("the index of concepts can't be read", broken);
        } finally {
            lock.readLock().unlock();
        }
    }

    @Override
    public void close() {
        lock.writeLock().lock();
        try {
            shelf.close();
            base.close();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } finally {
            lock.writeLock().unlock();
        }
    }
}
