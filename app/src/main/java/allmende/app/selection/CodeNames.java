package allmende.app.selection;

import allmende.app.concepts.Concept;
import allmende.app.concepts.ConceptSearch;
import allmende.core.fhir.Coding;
import allmende.core.profile.DataProfile.CodeElement;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Texts of codes. */
final class CodeNames {

    private final ConceptSearch concepts;

    CodeNames(ConceptSearch concepts) {
        this.concepts = concepts;
    }

    /** Whether the concept search knows codes that the element takes. */
    boolean searchable(CodeElement element) {
        String context = element.context();
        return context != null && concepts.has(context, element.systems());
    }

    /** The text of the code; the code itself where the concept search does not know it in this context. */
    String of(Coding coding, @Nullable String context, Locale language) {
        Optional<Concept> concept = context == null ? Optional.empty() : concepts.find(coding, context);
        return concept.map(found -> found.display(language)).orElse(coding.code());
    }
}
