package allmende.engine.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.LongField;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NoMergePolicy;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.Weight;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.junit.jupiter.api.Test;

/** Few keys are looked up, many are compared along the column: both find the same documents, those of a naive search. */
class KeysQueryTest {

    private static final String LINK = "link";
    private static final String NUMBER = "number";
    private static final int VALUES = 3_000;

    /** Documents of the segments; of the first, none has a link. */
    private static final int[] SEGMENTS = {50, 50_000, 700, 1};

    @Test
    void findsThoseAndNoOthersHoweverManyKeysThereAre() throws IOException {
        Random random = new Random(11);
        try (Directory directory = new ByteBuffersDirectory()) {
            List<Set<Long>> links = write(directory, random);
            try (DirectoryReader reader = DirectoryReader.open(directory)) {
                assertThat(reader.leaves()).hasSize(SEGMENTS.length);
                for (int size : new int[] {1, 2, 5, 40, 300, VALUES}) {
                    long[] keys =
                            random.longs(size, 0, VALUES).sorted().distinct().toArray();
                    KeysQuery query = new KeysQuery(LINK, keys);
                    boolean scanned = query.isScanned(reader.leaves().get(1).reader());
                    assertThat(scanned).as("%d keys go along the column", size).isEqualTo(size > 20);

                    assertThat(found(reader, query)).as("%d keys", size).isEqualTo(naive(links, keys));
                    assertThat(found(reader, both(query))).isEqualTo(naive(links, keys));
                }
            }
        }
    }

    private static Query both(Query query) {
        return new BooleanQuery.Builder()
                .add(new MatchAllDocsQuery(), BooleanClause.Occur.FILTER)
                .add(query, BooleanClause.Occur.FILTER)
                .build();
    }

    private static Set<Long> naive(List<Set<Long>> links, long[] keys) {
        Set<Long> found = new TreeSet<>();
        for (int number = 0; number < links.size(); number++) {
            for (long key : keys) {
                if (links.get(number).contains(key)) {
                    found.add((long) number);
                }
            }
        }
        return found;
    }

    /** Writes segments of documents with no link, one or several; tells the links of each document. */
    private static List<Set<Long>> write(Directory directory, Random random) throws IOException {
        List<Set<Long>> links = new ArrayList<>();
        try (IndexWriter writer =
                new IndexWriter(directory, new IndexWriterConfig().setMergePolicy(NoMergePolicy.INSTANCE))) {
            for (int segment = 0; segment < SEGMENTS.length; segment++) {
                for (int i = 0; i < SEGMENTS[segment]; i++) {
                    Document document = new Document();
                    document.add(new NumericDocValuesField(NUMBER, links.size()));
                    Set<Long> own = new TreeSet<>();
                    for (int n = segment == 0 ? 0 : random.nextInt(4); n > 0; n--) {
                        own.add((long) random.nextInt(VALUES));
                    }
                    own.forEach(link -> document.add(new LongField(LINK, link, Field.Store.NO)));
                    writer.addDocument(document);
                    links.add(own);
                }
                writer.commit();
            }
        }
        return links;
    }

    private static Set<Long> found(DirectoryReader reader, Query query) throws IOException {
        IndexSearcher searcher = new IndexSearcher(reader);
        Weight weight = searcher.createWeight(searcher.rewrite(query), ScoreMode.COMPLETE_NO_SCORES, 1);
        Set<Long> found = new TreeSet<>();
        for (LeafReaderContext segment : reader.leaves()) {
            Scorer scorer = weight.scorer(segment);
            NumericDocValues numbers = DocValues.getNumeric(segment.reader(), NUMBER);
            DocIdSetIterator documents = scorer == null ? DocIdSetIterator.empty() : scorer.iterator();
            for (int document = documents.nextDoc();
                    document != DocIdSetIterator.NO_MORE_DOCS;
                    document = documents.nextDoc()) {
                assertThat(numbers.advanceExact(document)).isTrue();
                found.add(numbers.longValue());
            }
        }
        return found;
    }
}
