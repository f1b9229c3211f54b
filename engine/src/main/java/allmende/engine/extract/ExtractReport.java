package allmende.engine.extract;

import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an extraction did, in counts. Ids are not in it; they stand in a file of their own for the data steward.
 *
 * @param t the snapshot
 * @param day the day on which consent and ages were judged
 * @param complete whether it came to its end; if not, another run goes on
 * @param patients who was asked for
 * @param patientsDelivered of whom something was handed over
 * @param read resources read
 * @param delivered resources handed over
 * @param deliveredByGroup resources handed over, by id of the attribute group; one of several groups counts in each
 * @param exclusions what was left out, by stage, rule and what it was
 */
public record ExtractReport(
        long t,
        LocalDate day,
        boolean complete,
        long patients,
        long patientsDelivered,
        long read,
        long delivered,
        SortedMap<String, Long> deliveredByGroup,
        List<Exclusions> exclusions) {

    public ExtractReport {
        deliveredByGroup = Collections.unmodifiableSortedMap(new TreeMap<>(deliveredByGroup));
        exclusions = List.copyOf(exclusions);
    }

    /**
     * How often one rule left something out.
     *
     * @param stage code of the stage, see {@link allmende.core.extraction.ExclusionStage#code}
     * @param rule code of the rule: of {@link allmende.core.extraction.ExclusionRule}, or a reason of consent
     * @param subject {@code Patient} for patients as a whole, else the id of a group or, where no group wanted it, a
     *     resource type
     * @param count how many patients or resources
     */
    public record Exclusions(String stage, String rule, String subject, long count) {}
}
