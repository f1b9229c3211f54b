package allmende.app.workbench;

import allmende.app.concepts.ConceptSearch;
import allmende.core.cohort.Catalogue;
import allmende.core.document.CohortDocument;
import allmende.core.document.Spot;
import allmende.core.explain.DisplayNames;
import allmende.core.fhir.Coding;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The texts of codes: of the terminology in the reader's language, else as the document has them, else the code. */
final class Displays {

    private final ConceptSearch concepts;
    private final Locale locale;
    private final Map<Written, String> written = new HashMap<>();
    private final Map<Coding, String> contexts = new HashMap<>();

    /** A code where the document names it: the same code may have another text in another context. */
    private record Written(String context, Coding coding) {}

    private Displays(ConceptSearch concepts, Locale locale) {
        this.concepts = concepts;
        this.locale = locale;
    }

    static Displays of(CohortDocument document, ConceptSearch concepts, Locale locale) {
        Displays displays = new Displays(concepts, locale);
        for (Spot spot : document.spots()) {
            document.criterion(spot).ifPresent(node -> displays.collect(node, ""));
        }
        return displays;
    }

    private void collect(JsonNode node, String outer) {
        String context = node.path("context").path("code").asString(outer);
        if (node.path("system").isString() && node.path("code").isString()) {
            Coding coding = new Coding(
                    node.get("system").stringValue(), node.get("code").stringValue());
            String display = node.path("display").asString("");
            if (!display.isBlank()) {
                written.putIfAbsent(new Written(context, coding), display);
            }
            contexts.putIfAbsent(coding, context);
        }
        node.forEach(child -> collect(child, context));
    }

    String of(String context, Coding coding) {
        return concepts.find(coding, context)
                .map(concept -> concept.display(locale))
                .filter(text -> !text.isBlank())
                .orElseGet(() -> written.getOrDefault(new Written(context, coding), coding.code()));
    }

    /** What the reading of a query calls things. */
    DisplayNames names(Catalogue catalogue) {
        return new DisplayNames() {
            @Override
            public @Nullable String concept(Coding coding, Locale language) {
                String context = contexts.get(coding);
                String text = context == null ? coding.code() : of(context, coding);
                return text.equals(coding.code()) ? null : text;
            }

            @Override
            public String context(String context, Locale language) {
                return catalogue
                        .context(context)
                        .map(definition -> Sheet.title(definition.titles(), language))
                        .orElse(context);
            }

            @Override
            public String attribute(String context, Coding attribute, Locale language) {
                return catalogue.context(context).stream()
                        .flatMap(definition -> definition.attributes().stream())
                        .filter(known -> known.coding().code().equals(attribute.code()))
                        .map(known -> Sheet.title(known.titles(), language))
                        .findFirst()
                        .orElse(attribute.code());
            }
        };
    }
}
