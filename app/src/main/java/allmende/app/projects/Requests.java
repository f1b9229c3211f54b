package allmende.app.projects;

import allmende.core.digest.Sha256;
import allmende.core.fhir.FhirJson;
import allmende.core.fhir.JsonRead;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what somebody hands in as a request. */
final class Requests {

    /** Letters, digits and a few signs that need no care in addresses and names of files. */
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{1,63}");

    /** Names of pages beside the projects' own. */
    private static final Set<String> TAKEN = Set.of("new", "register", "deletions");

    private static final int LINE_MAX = 200;
    private static final int TEXT_MAX = 2_000;
    private static final int CRTDL_MAX = 5_000_000;

    private final Rules rules;
    private final Sealer sealer;
    private final ZoneId zone;

    Requests(Rules rules, Sealer sealer, ZoneId zone) {
        this.rules = rules;
        this.sealer = sealer;
        this.zone = zone;
    }

    /** What came of reading. */
    sealed interface Read {

        /** A project that can be kept. */
        record Project(DataUseProject project) implements Read {}

        /** Not that. */
        record Refused(Outcome.Refused why) implements Read {}
    }

    /** Names of the sets of rules that are shipped. */
    List<String> shipped() {
        return rules.shipped();
    }

    /** Reads a request that this person hands in now. */
    Read read(NewProject asked, String by, Instant now) {
        String fault = fault(asked, now);
        if (fault != null) {
            return refused(fault, List.of());
        }
        if (FhirJson.read(asked.crtdl()) instanceof JsonRead.Malformed malformed) {
            return refused("crtdl", List.of(malformed.toString()));
        }
        String fingerprint = sealer.fingerprint(asked.recipientKey()).orElse(null);
        if (fingerprint == null) {
            return refused("key", List.of());
        }
        return switch (rules.read(asked.ruleSet().strip(), asked.rules())) {
            case Rules.Read.Refused(List<String> problems) -> refused("rules", problems);
            case Rules.Read.Known(String name, byte[] text, String hash) ->
                new Read.Project(new DataUseProject(
                        asked.id().strip(),
                        asked.title().strip(),
                        asked.purpose().strip(),
                        asked.legalBasis().strip(),
                        // the committee votes on a request: a changed one wants another vote
                        null,
                        new DataUseProject.Request(asked.crtdl(), Sha256.hex(asked.crtdl()), name, text, hash),
                        new DataUseProject.Recipient(
                                asked.recipient().strip(), asked.recipientKey().strip(), fingerprint),
                        end(asked.lastDay()),
                        ProjectState.REQUESTED,
                        by,
                        now));
        };
    }

    private @Nullable String fault(NewProject asked, Instant now) {
        if (!ID.matcher(asked.id().strip()).matches()
                || TAKEN.contains(asked.id().strip())) {
            return "id";
        }
        if (isNotText(asked.title(), LINE_MAX) || isNotText(asked.recipient(), LINE_MAX)) {
            return "line";
        }
        if (isNotText(asked.purpose(), TEXT_MAX) || isNotText(asked.legalBasis(), TEXT_MAX)) {
            return "text";
        }
        if (asked.crtdl().length == 0 || asked.crtdl().length > CRTDL_MAX) {
            return "crtdl";
        }
        return end(asked.lastDay()).isAfter(now) ? null : "day";
    }

    /** The end of the last day. */
    private Instant end(LocalDate lastDay) {
        return lastDay.plusDays(1).atStartOfDay(zone).toInstant();
    }

    private static boolean isNotText(String text, int max) {
        return text.isBlank() || text.length() > max;
    }

    private static Read refused(String code, List<String> details) {
        return new Read.Refused(new Outcome.Refused(code, details));
    }
}
