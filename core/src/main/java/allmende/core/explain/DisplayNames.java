package allmende.core.explain;

import allmende.core.cohort.Catalogue;
import allmende.core.cohort.ContextDefinition;
import allmende.core.fhir.Coding;
import allmende.core.terminology.Terminology;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What people call codes, contexts and attributes. */
public interface DisplayNames {

    /** The code's text; null where there is none, so that the text in the query, or the code itself, is shown. */
    @Nullable
    String concept(Coding coding, Locale language);

    /** The context's title; its code where there is none. */
    String context(String context, Locale language);

    /** The attribute's title; its code where there is none. */
    String attribute(String context, Coding attribute, Locale language);

    /** Texts of a terminology, which is German, and titles of a catalogue. */
    static DisplayNames of(Catalogue catalogue, Terminology terminology) {
        return new DisplayNames() {
            @Override
            public @Nullable String concept(Coding coding, Locale language) {
                return terminology
                        .display(coding)
                        .filter(text -> !text.isBlank())
                        .orElse(null);
            }

            @Override
            public String context(String context, Locale language) {
                return catalogue
                        .context(context)
                        .map(definition -> title(definition.titles(), language))
                        .orElse(context);
            }

            @Override
            public String attribute(String context, Coding attribute, Locale language) {
                return catalogue.context(context).stream()
                        .flatMap(definition -> definition.attributes().stream())
                        .filter(known -> known.coding().code().equals(attribute.code()))
                        .map(known -> title(known.titles(), language))
                        .findFirst()
                        .orElse(attribute.code());
            }
        };
    }

    /**
     * The texts that stand in a query document beside its codes, and other names. In German the others go first, since
     * they are those of the classifications themselves, which are German; in other languages the document's.
     */
    static DisplayNames withTexts(JsonNode document, DisplayNames others) {
        return new DocumentNames(document, others);
    }

    private static String title(ContextDefinition.Titles titles, Locale language) {
        return language.getLanguage().equals("de") ? titles.de() : titles.en();
    }
}
