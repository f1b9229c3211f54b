package allmende.engine.extract;

import allmende.core.cohort.CohortQuery;
import allmende.core.extraction.ConsentCheck;
import allmende.core.extraction.Deidentification;
import allmende.core.extraction.Extraction;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an extraction is to do.
 *
 * @param cohort the patients asked for, where no list of patients is given
 * @param extraction what is asked of them
 * @param t the snapshot of the store that is read
 * @param day the day on which consent and ages are judged, frozen for the whole job
 * @param consent what consent permits
 * @param patients ids of the patients, instead of those that the query finds; null for those
 * @param deidentification the last step
 * @param work a folder of the job's own, where it keeps what it needs to go on after a crash, and the ids of what it left
 *     out; the same folder for each run of the job
 */
public record ExtractRequest(
        CohortQuery cohort,
        Extraction extraction,
        long t,
        LocalDate day,
        ConsentCheck consent,
        @Nullable List<String> patients,
        Deidentification deidentification,
        Path work) {}
