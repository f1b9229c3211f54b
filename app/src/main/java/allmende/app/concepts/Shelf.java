package allmende.app.concepts;

import allmende.core.cohort.Catalogue;
import allmende.core.cohort.ContextDefinition;
import allmende.core.fhir.Coding;
import allmende.core.terminology.Terminology;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.MultiReader;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.store.ByteBuffersDirectory;

/**
 * One state of everything that is searched: the index on disk, what sites have beyond it, and what they have of each. A
 * concept's number is that of its document. Never changes; another state is another shelf over the same index.
 */
final class Shelf {

    private final IndexReader reader;
    private final IndexSearcher searcher;
    private final Catalogue catalogue;
    private final List<String> contexts;
    private final List<String> systems = new ArrayList<>();

    private final byte[] contextOf;
    private final short[] systemOf;
    private final int[] parent;
    private final int[] firstChild;
    private final int[] nextSibling;
    private final byte[] level;
    private final long[] patients;
    private final int[] sites;
    private Map<ConceptSearch.Tree, Integer> sizes = Map.of();
    private Map<ConceptSearch.Tree, Integer> trees = Map.of();
    private long most;

    private Shelf(IndexReader reader, Catalogue catalogue) throws IOException {
        this.reader = reader;
        this.searcher = new IndexSearcher(reader);
        this.searcher.setQueryCache(null);
        this.catalogue = catalogue;
        this.contexts = List.copyOf(catalogue.contexts().keySet());
        int size = reader.maxDoc();
        contextOf = new byte[size];
        systemOf = new short[size];
        parent = new int[size];
        firstChild = new int[size];
        nextSibling = new int[size];
        level = new byte[size];
        patients = new long[size];
        sites = new int[size];
    }

    /** The shelf of an index and what sites have published; {@code base} stays the caller's to close. */
    static Shelf of(DirectoryReader base, Catalogue catalogue, SiteCounts counts) throws IOException {
        List<Entry> beyond = beyond(base, catalogue, counts);
        IndexReader all = base;
        if (!beyond.isEmpty()) {
            ByteBuffersDirectory memory = new ByteBuffersDirectory();
            EntryIndexer.write(beyond, memory);
            base.incRef();
            all = new MultiReader(base, DirectoryReader.open(memory));
        }
        Shelf shelf = new Shelf(all, catalogue);
        shelf.readParents();
        shelf.hang(base.maxDoc());
        shelf.link();
        for (Map.Entry<SiteCounts.Place, SiteCounts.Count> entry : counts.all().entrySet()) {
            int number = shelf.number(entry.getKey().context(), entry.getKey().coding());
            if (number >= 0) {
                shelf.patients[number] = entry.getValue().patients();
                shelf.sites[number] = entry.getValue().sites();
                shelf.most = Math.max(shelf.most, entry.getValue().patients());
            }
        }
        shelf.countTrees();
        return shelf;
    }

    /** What sites have and the index lacks, in contexts of the catalogue. */
    private static List<Entry> beyond(DirectoryReader base, Catalogue catalogue, SiteCounts counts) throws IOException {
        List<Entry> beyond = new ArrayList<>();
        for (Map.Entry<SiteCounts.Place, SiteCounts.Count> entry : counts.all().entrySet()) {
            SiteCounts.Place place = entry.getKey();
            ContextDefinition context = catalogue.contexts().get(place.context());
            if (context != null && base.docFreq(key(place.context(), place.coding())) == 0) {
                String display = entry.getValue().display();
                String text = display.isEmpty() ? place.coding().code() : display;
                beyond.add(new Entry(place.context(), context.module(), place.coding(), -1, text, text, List.of()));
            }
        }
        return beyond;
    }

    private static Term key(String context, Coding coding) {
        return new Term(EntryIndexer.KEY, Entry.key(context, coding));
    }

    private void readParents() throws IOException {
        for (LeafReaderContext leaf : reader.leaves()) {
            NumericDocValues parents = leaf.reader().getNumericDocValues(EntryIndexer.PARENT);
            SortedDocValues ofContext = leaf.reader().getSortedDocValues(EntryIndexer.CONTEXT);
            SortedDocValues ofSystem = leaf.reader().getSortedDocValues(EntryIndexer.SYSTEM);
            int[] contextNumbers = numbers(ofContext, contexts::indexOf);
            int[] systemNumbers = numbers(ofSystem, this::addSystem);
            for (int i = 0; i < leaf.reader().maxDoc(); i++) {
                int number = leaf.docBase + i;
                parent[number] = parents.advanceExact(i) ? (int) parents.longValue() : -1;
                contextOf[number] = (byte) (ofContext.advanceExact(i) ? contextNumbers[ofContext.ordValue()] : 0);
                systemOf[number] = (short) (ofSystem.advanceExact(i) ? systemNumbers[ofSystem.ordValue()] : 0);
            }
        }
    }

    private static int[] numbers(SortedDocValues values, ToIntFunction<String> number) throws IOException {
        int[] numbers = new int[values.getValueCount()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = number.applyAsInt(values.lookupOrd(i).utf8ToString());
        }
        return numbers;
    }

    private int addSystem(String system) {
        int known = systems.indexOf(system);
        if (known < 0) {
            systems.add(system);
            return systems.size() - 1;
        }
        return known;
    }

    /** Hangs what is beyond the index below what its code begins with, where the system's hierarchy follows from codes. */
    private void hang(int from) throws IOException {
        for (int number = from; number < parent.length; number++) {
            Concept concept = concept(number);
            if (concept.system().equals(Terminology.ATC_GERMAN)) {
                for (int length = concept.code().length() - 1; length > 0 && parent[number] < 0; length--) {
                    parent[number] = number(
                            concept.context(),
                            new Coding(concept.system(), concept.code().substring(0, length)));
                }
            }
        }
    }

    private void link() {
        Arrays.fill(firstChild, -1);
        Arrays.fill(nextSibling, -1);
        // backwards, so that each list of children begins with the first
        for (int number = parent.length - 1; number >= 0; number--) {
            if (parent[number] >= 0) {
                nextSibling[number] = firstChild[parent[number]];
                firstChild[parent[number]] = number;
            }
        }
        for (int number = 0; number < parent.length; number++) {
            level[number] = parent[number] < 0 ? 0 : (byte) (level[parent[number]] + 1);
        }
    }

    IndexSearcher searcher() {
        return searcher;
    }

    IndexReader reader() {
        return reader;
    }

    int size() {
        return parent.length;
    }

    /** The contexts' codes, in the catalogue's order. */
    List<String> contexts() {
        return contexts;
    }

    String context(int number) {
        return contexts.get(contextOf[number]);
    }

    int contextNumber(int number) {
        return contextOf[number];
    }

    String system(int number) {
        return systems.get(systemOf[number]);
    }

    /** Place of a system among those that concepts have; -1 where none has it. */
    int systemNumber(String system) {
        return systems.indexOf(system);
    }

    /** Place of a concept's system. */
    int systemNumber(int number) {
        return systemOf[number];
    }

    boolean isOf(int number, int systemNumber) {
        return systemOf[number] == systemNumber;
    }

    long patients(int number) {
        return patients[number];
    }

    int sites(int number) {
        return sites[number];
    }

    int level(int number) {
        return level[number];
    }

    /** The number of what is directly above; -1 for none. */
    int parent(int number) {
        return parent[number];
    }

    /** The numbers of what is directly below. */
    List<Integer> children(int number) {
        List<Integer> children = new ArrayList<>();
        for (int child = firstChild[number]; child >= 0; child = nextSibling[child]) {
            children.add(child);
        }
        return children;
    }

    /** The topmost concepts of a context's system. */
    List<Integer> roots(int contextNumber, int systemNumber) {
        List<Integer> roots = new ArrayList<>();
        for (int number = 0; number < parent.length; number++) {
            if (parent[number] < 0 && contextOf[number] == contextNumber && systemOf[number] == systemNumber) {
                roots.add(number);
            }
        }
        return roots;
    }

    /** Systems with a hierarchy by context, with the number of their concepts. */
    Map<ConceptSearch.Tree, Integer> trees() {
        return trees;
    }

    /** Whether the context can ask for any concept of the system. */
    boolean has(ConceptSearch.Tree tree) {
        return sizes.containsKey(tree);
    }

    private void countTrees() {
        Map<ConceptSearch.Tree, Integer> counted = new LinkedHashMap<>();
        Set<ConceptSearch.Tree> nested = new HashSet<>();
        for (int number = 0; number < parent.length; number++) {
            ConceptSearch.Tree tree = new ConceptSearch.Tree(context(number), system(number));
            counted.merge(tree, 1, Integer::sum);
            if (parent[number] >= 0) {
                nested.add(tree);
            }
        }
        sizes = Collections.unmodifiableMap(new LinkedHashMap<>(counted));
        counted.keySet().retainAll(nested);
        trees = Collections.unmodifiableMap(counted);
    }

    /** URIs of the systems that concepts have. */
    List<String> systems() {
        return List.copyOf(systems);
    }

    /** The most patients that any concept has. */
    long mostPatients() {
        return most;
    }

    /** The number of a concept; -1 where the context can't ask for it. */
    int number(String context, Coding coding) throws IOException {
        Term key = key(context, Terminology.canonical(coding));
        for (LeafReaderContext leaf : reader.leaves()) {
            PostingsEnum postings = leaf.reader().postings(key, PostingsEnum.NONE);
            if (postings != null && postings.nextDoc() != DocIdSetIterator.NO_MORE_DOCS) {
                return leaf.docBase + postings.docID();
            }
        }
        return -1;
    }

    /** The concept of a number. */
    Concept concept(int number) throws IOException {
        Document document = reader.storedFields().document(number);
        return new Concept(
                document.get(EntryIndexer.CONTEXT),
                document.get(EntryIndexer.MODULE),
                document.get(EntryIndexer.SYSTEM),
                document.get(EntryIndexer.CODE),
                document.get(EntryIndexer.GERMAN),
                document.get(EntryIndexer.ENGLISH),
                patients[number],
                sites[number],
                firstChild[number] < 0);
    }

    Catalogue catalogue() {
        return catalogue;
    }

    /** Gives back what this shelf alone holds; the index on disk stays open. */
    void close() throws IOException {
        if (reader instanceof MultiReader more) {
            more.close();
        }
    }
}
