package allmende.app.concepts;

import allmende.core.fhir.Coding;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A concept on its way into the index.
 *
 * @param parent place of the concept directly above among the entries; -1 for none. It stands before its children.
 * @param de German text; empty where there is none
 * @param en English text; empty where there is none
 * @param synonyms further words for it, in any language
 */
record Entry(String context, String module, Coding coding, int parent, String de, String en, List<String> synonyms) {

    Entry {
        synonyms = List.copyOf(synonyms);
    }

    /** The unique term of a concept in a context. */
    static String key(String context, Coding coding) {
        return context + "\n" + coding.system() + "\n" + coding.code();
    }

    String key() {
        return key(context, coding);
    }

    String german() {
        return de.isEmpty() ? en : de;
    }

    /** The English text, else the German one with the English text of what is above, so that a reader knows where he is. */
    String english(@Nullable String above) {
        return !en.isEmpty() ? en : above == null ? de : de + " (" + above + ")";
    }
}
