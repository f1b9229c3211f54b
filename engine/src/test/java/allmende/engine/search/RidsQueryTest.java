package allmende.engine.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NoMergePolicy;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.Weight;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.junit.jupiter.api.Test;

/** Resources that are spread over segments of many blocks, as several threads write them, are all found. */
class RidsQueryTest {

    /** Documents of a block, as Lucene keeps the least and greatest value of each. */
    private static final int BLOCK = 4_096;

    private static final int RESOURCES = 20 * BLOCK;
    private static final int SEGMENTS = 3;

    @Test
    void findsThoseAndNoOthersWhereverTheyLie() throws IOException {
        Random random = new Random(7);
        try (Directory directory = new ByteBuffersDirectory()) {
            Set<Long> there = write(directory, random);
            try (DirectoryReader reader = DirectoryReader.open(directory)) {
                assertThat(reader.leaves()).hasSize(SEGMENTS);
                for (int size : new int[] {0, 1, 2, 5, 10, 100, 1_000, 20_000, RESOURCES}) {
                    for (int i = 0; i < 10; i++) {
                        Set<Long> wanted = random.longs(size, -5, RESOURCES + 5)
                                .boxed()
                                .collect(Collectors.toCollection(TreeSet::new));
                        Set<Long> expected = new TreeSet<>(wanted);
                        expected.retainAll(there);
                        assertThat(found(reader, wanted)).isEqualTo(expected);
                    }
                }
            }
        }
    }

    /** The segments take turns, a block each, as when several threads write; the last holds others by chance, too. */
    private static Set<Long> write(Directory directory, Random random) throws IOException {
        IndexWriterConfig config = new IndexWriterConfig()
                .setIndexSort(new Sort(new SortField(Names.RID, SortField.Type.LONG)))
                .setMergePolicy(NoMergePolicy.INSTANCE);
        Set<Long> there = new TreeSet<>();
        try (IndexWriter writer = new IndexWriter(directory, config)) {
            for (int segment = 0; segment < SEGMENTS; segment++) {
                for (int rid = 0; rid < RESOURCES; rid++) {
                    boolean changed = segment == SEGMENTS - 1 && random.nextInt(10) == 0;
                    if (changed || (rid / BLOCK) % SEGMENTS == segment) {
                        Document document = new Document();
                        document.add(NumericDocValuesField.indexedField(Names.RID, rid));
                        writer.addDocument(document);
                        there.add((long) rid);
                    }
                }
                writer.commit();
            }
        }
        return there;
    }

    private static Set<Long> found(DirectoryReader reader, Set<Long> wanted) throws IOException {
        IndexSearcher searcher = new IndexSearcher(reader);
        RidsQuery query =
                new RidsQuery(wanted.stream().mapToLong(Long::longValue).toArray());
        Weight weight = query.createWeight(searcher, ScoreMode.COMPLETE_NO_SCORES, 1);
        Set<Long> found = new TreeSet<>();
        for (LeafReaderContext segment : reader.leaves()) {
            Scorer scorer = weight.scorer(segment);
            NumericDocValues rids = DocValues.getNumeric(segment.reader(), Names.RID);
            DocIdSetIterator documents = scorer == null ? DocIdSetIterator.empty() : scorer.iterator();
            for (int document = documents.nextDoc();
                    document != DocIdSetIterator.NO_MORE_DOCS;
                    document = documents.nextDoc()) {
                assertThat(rids.advanceExact(document)).isTrue();
                found.add(rids.longValue());
            }
        }
        return found;
    }
}
