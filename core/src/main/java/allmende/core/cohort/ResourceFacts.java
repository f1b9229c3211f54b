package allmende.core.cohort;

import allmende.core.fhir.Coding;
import allmende.core.fhir.ResourceKey;
import allmende.core.fhir.TimeSpan;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one resource says about the catalogue's criteria: the rows that the index keeps of it.
 *
 * @param patient the patient the resource speaks of; null where it names none (it then counts nobody)
 * @param facts one per context, term coding and value coding
 * @param attributes values of the attributes that the catalogue declares
 * @param links references that attributes of kind "reference" hold
 * @param consulted other resources whose content went into the facts (a Medication that a prescription points to): when
 *     one of them changes, this resource must be read again
 */
public record ResourceFacts(
        ResourceKey key,
        @Nullable ResourceKey patient,
        List<Fact> facts,
        List<Attribute> attributes,
        List<Link> links,
        Set<ResourceKey> consulted) {

    /**
     * The resource meets {@code term} of {@code context}.
     *
     * @param value the value, if the resource has one
     * @param time when; null where the resource does not say
     * @param encounter the encounter it belongs to
     */
    public record Fact(
            String context,
            Coding term,
            @Nullable Value value,
            @Nullable TimeSpan time,
            @Nullable ResourceKey encounter) {}

    /** The value of attribute {@code attribute} as {@code context} sees it. */
    public record Attribute(String context, Coding attribute, Value value) {}

    /** Attribute {@code attribute}, as {@code context} sees it, points to {@code target}. */
    public record Link(String context, Coding attribute, ResourceKey target) {}

    /** A value to filter by. */
    public sealed interface Value {
        /** A coded value. */
        record Coded(Coding coding) implements Value {}

        /**
         * A number; {@code unit} is the UCUM code, else the unit as written, null where there is none.
         */
        record Measured(BigDecimal number, @Nullable String unit) implements Value {}

        /** A date of birth, from which ages are counted. */
        record Born(TimeSpan birth) implements Value {}

        /** The days on which the term holds: those of a permission. Whoever asks on a day must have it within. */
        record Standing(TimeSpan days) implements Value {}
    }
}
