package allmende.app.extraction;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an extraction job is asked to do; kept on disk as long as the job.
 *
 * @param owner who asked, as the caller's kind and name
 * @param destination name of the {@link Destination}
 * @param crtdl the document, UTF-8 JSON
 * @param patients ids of patients, instead of those that the cohort finds; null for those
 * @param day evaluation day; null for today in Germany
 * @param rules how consent is judged: name of a mode of consent requests, in small letters
 * @param details what the destination wants to know beyond; its own business
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record ExtractionOrder(
        String owner,
        String destination,
        byte[] crtdl,
        @Nullable List<String> patients,
        @Nullable LocalDate day,
        String rules,
        Map<String, String> details) {

    public ExtractionOrder {
        patients = patients == null ? null : List.copyOf(patients);
        details = Map.copyOf(details);
    }
}
