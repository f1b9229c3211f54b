package allmende.app.concepts;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field.Store;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LogDocMergePolicy;
import org.apache.lucene.store.Directory;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/** Writes entries as documents, the document's number being the entry's place. */
final class EntryIndexer {

    static final String KEY = "key";
    static final String CONTEXT = "context";
    static final String MODULE = "module";
    static final String SYSTEM = "system";
    static final String CODE = "code";
    static final String GERMAN = "de";
    static final String ENGLISH = "en";
    static final String PARENT = "parent";

    /** A code without its marks. */
    static final String BARE_CODE = "bare";

    /** Whole names and synonyms. */
    static final String NAME = "name";

    /** Words of names and synonyms, and the parts of compounds. */
    static final String WORD = "word";

    /** Words of what is above. */
    static final String FAR = "far";

    /** Words of both kinds, as they sound. */
    static final String SOUND = "sound";

    private static final double BUFFER_MIB = 64;

    private final List<Entry> entries;
    private final Compounds compounds;

    private EntryIndexer(List<Entry> entries) {
        this.entries = entries;
        Set<String> known = new HashSet<>();
        for (Entry entry : entries) {
            known.addAll(Words.of(entry.de()));
            entry.synonyms().forEach(synonym -> known.addAll(Words.of(synonym)));
        }
        this.compounds = new Compounds(known::contains);
    }

    /** Writes an index of one segment, in the entries' order. */
    static void write(List<Entry> entries, Directory directory) throws IOException {
        IndexWriterConfig config = new IndexWriterConfig()
                .setRAMBufferSizeMB(BUFFER_MIB)
                // merges neighbours only: documents keep their order
                .setMergePolicy(new LogDocMergePolicy());
        EntryIndexer indexer = new EntryIndexer(entries);
        try (IndexWriter writer = new IndexWriter(directory, config)) {
            for (Entry entry : entries) {
                writer.addDocument(indexer.document(entry));
            }
            writer.forceMerge(1);
        }
    }

    private Document document(Entry entry) {
        Document document = new Document();
        document.add(new StringField(KEY, entry.key(), Store.NO));
        document.add(new StringField(BARE_CODE, Words.code(entry.coding().code()), Store.NO));
        document.add(new StoredField(CONTEXT, entry.context()));
        document.add(new StoredField(MODULE, entry.module()));
        document.add(new StoredField(SYSTEM, entry.coding().system()));
        document.add(new StoredField(CODE, entry.coding().code()));
        document.add(new StoredField(GERMAN, entry.german()));
        document.add(new StoredField(ENGLISH, entry.english(englishAbove(entry))));
        document.add(new NumericDocValuesField(PARENT, entry.parent()));
        document.add(new SortedDocValuesField(CONTEXT, new BytesRef(entry.context())));
        document.add(
                new SortedDocValuesField(SYSTEM, new BytesRef(entry.coding().system())));
        texts(entry).stream()
                .map(Words::name)
                .distinct()
                .forEach(name -> document.add(new StringField(NAME, name, Store.NO)));
        Set<String> near = words(texts(entry));
        Set<String> far = words(textsAbove(entry));
        far.removeAll(near);
        near.forEach(word -> document.add(new StringField(WORD, word, Store.NO)));
        far.forEach(word -> document.add(new StringField(FAR, word, Store.NO)));
        Set<String> sounds = new LinkedHashSet<>();
        near.forEach(word -> sounds.add(Words.sound(word)));
        far.forEach(word -> sounds.add(Words.sound(word)));
        sounds.forEach(sound -> document.add(new StringField(SOUND, sound, Store.NO)));
        return document;
    }

    private static List<String> texts(Entry entry) {
        List<String> texts = new ArrayList<>(entry.synonyms());
        texts.add(entry.de());
        texts.add(entry.en());
        texts.removeIf(String::isEmpty);
        return texts;
    }

    /** What is above says in other words what a concept is about; a chapter says too little. */
    private List<String> textsAbove(Entry entry) {
        List<String> texts = new ArrayList<>();
        for (int at = entry.parent();
                at >= 0 && entries.get(at).parent() >= 0;
                at = entries.get(at).parent()) {
            Entry above = entries.get(at);
            texts.addAll(above.synonyms());
            texts.add(above.en());
        }
        return texts;
    }

    private @Nullable String englishAbove(Entry entry) {
        for (int at = entry.parent(); at >= 0; at = entries.get(at).parent()) {
            if (!entries.get(at).en().isEmpty()) {
                return entries.get(at).en();
            }
        }
        return null;
    }

    private Set<String> words(List<String> texts) {
        Set<String> words = new LinkedHashSet<>();
        for (String text : texts) {
            for (String word : Words.of(text)) {
                if (words.add(word)) {
                    words.addAll(compounds.parts(word));
                }
            }
        }
        return words;
    }
}
