package allmende.core.explain;

import allmende.core.fhir.Coding;
import allmende.core.phrase.PhraseBook;
import allmende.core.terminology.Terminology;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The texts that a document gives its codes, before or after other names. */
final class DocumentNames implements DisplayNames {

    private final Map<Coding, String> texts = new HashMap<>();
    private final DisplayNames others;

    DocumentNames(JsonNode document, DisplayNames others) {
        this.others = others;
        collect(document);
    }

    private void collect(JsonNode node) {
        String code = node.path("code").asString("");
        String text = node.path("display").asString("");
        if (!code.isBlank() && !text.isBlank() && !text.equals(code)) {
            Coding coding = new Coding(node.path("system").asString(""), code);
            texts.putIfAbsent(Terminology.canonical(coding), text);
        }
        node.forEach(this::collect);
    }

    @Override
    public @Nullable String concept(Coding coding, Locale language) {
        String written = texts.get(Terminology.canonical(coding));
        if (written != null && !PhraseBook.isGerman(language)) {
            return written;
        }
        String known = others.concept(coding, language);
        return known == null ? written : known;
    }

    @Override
    public String context(String context, Locale language) {
        return others.context(context, language);
    }

    @Override
    public String attribute(String context, Coding attribute, Locale language) {
        return others.attribute(context, attribute, language);
    }
}
