package allmende.core.cohort;

import allmende.core.fhir.Coding;
import allmende.core.fhir.TimeSpan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One criterion of a CCDL query.
 *
 * @param context the context's code in {@code fdpg.mii.cds}, a key of the {@link Catalogue}
 * @param termCodes at least one; the criterion matches any of them or anything below them
 * @param display the text to show for the criterion: of the first term code, else its code
 * @param value the value filter, if any
 * @param attributes filters on further elements of the same resource; all must hold
 * @param time the days in which the resource must lie, by overlap; null where not restricted
 * @param extension what is asked beyond CCDL; {@link CriterionExtension#NONE} for nothing
 * @param pointer JSON pointer to the criterion in the query document, for messages
 */
public record Criterion(
        String context,
        List<Coding> termCodes,
        String display,
        @Nullable ValueFilter value,
        List<AttributeFilter> attributes,
        @Nullable TimeSpan time,
        CriterionExtension extension,
        String pointer) {

    public Criterion {
        termCodes = List.copyOf(termCodes);
        attributes = List.copyOf(attributes);
    }
}
