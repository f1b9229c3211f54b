package allmende.app.projects;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What was built of a project.
 *
 * @param id number
 * @param project identifier of the project
 * @param by who began it, who can't approve it therefore
 * @param at when
 * @param t snapshot of the site's data that it was built from
 * @param consentDay the day by which consent was judged
 * @param suppressTo so many patients at least were to look alike, or be left out; 0 for no such order
 * @param requestHash what of the project it was built by, as {@link DataUseProject.Request#hash()} names it
 * @param state how far it is
 * @param progress patients done and in all
 * @param contentHash SHA-256 over the files; empty until they are there
 * @param size patients and resources in it
 * @param report counts, exclusions, risk, consent: what people decide on
 * @param sample de-identified rows
 * @param fault what went wrong; empty for nothing
 * @param endedAt when it ended; null while it runs
 */
record Build(
        long id,
        String project,
        String by,
        Instant at,
        long t,
        LocalDate consentDay,
        int suppressTo,
        String requestHash,
        State state,
        Progress progress,
        String contentHash,
        Size size,
        JsonNode report,
        JsonNode sample,
        String fault,
        @Nullable Instant endedAt) {

    /** How far a build can be. */
    enum State {
        /** Being built. */
        RUNNING,
        /** Ready to be looked at. */
        DONE,
        /** It could not be built. */
        FAILED,
        /** Somebody stopped it, or a newer one replaced it. */
        CANCELLED
    }

    /** How far it is; total is 0 while it is not known. */
    record Progress(long done, long total) {}

    /** How much there is. */
    record Size(int patients, long resources) {}
}
