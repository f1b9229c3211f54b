package allmende.app.extraction;

import allmende.app.fhirapi.FhirIssue;
import allmende.core.document.DataDocument;
import allmende.core.extraction.ExclusionStage;
import allmende.engine.extract.ExtractReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What is worth knowing about a job, as entries of an OperationOutcome (FHIR R4): why it failed, where its document departs
 * from the newest form, and in counts what was left out. What consent withheld has the code {@code suppressed}.
 */
final class JobIssues {

    static final String FILE = "issues.json";

    private JobIssues() {}

    /**
     * The issues.
     *
     * @param crtdl the document that was sent
     * @param report what the job did; null before it is done
     * @param failure why it failed; null where it did not
     */
    static List<FhirIssue> of(byte[] crtdl, @Nullable ExtractReport report, @Nullable String failure) {
        List<FhirIssue> issues = new ArrayList<>();
        if (failure != null) {
            issues.add(FhirIssue.error("processing", failure));
        }
        if (DataDocument.read(crtdl) instanceof DataDocument.Read.Readable(DataDocument document, var _)) {
            document.extraction()
                    .departures()
                    .forEach(each -> issues.add(
                            new FhirIssue("information", "informational", each.message(), List.of(each.pointer()))));
        }
        if (report != null) {
            report.exclusions().forEach(each -> issues.add(left(each)));
        }
        if (issues.isEmpty()) {
            issues.add(FhirIssue.information("There is nothing to say about this extraction."));
        }
        return issues;
    }

    private static FhirIssue left(ExtractReport.Exclusions each) {
        String what = Exclusions.isPatient(each) ? "patients" : "resources (" + each.subject() + ")";
        String text = String.format(
                Locale.ROOT,
                "Left out: %d %s, at the stage %s, by the rule %s.",
                each.count(),
                what,
                each.stage(),
                each.rule());
        boolean consent = each.stage().equals(ExclusionStage.CONSENT.code());
        return new FhirIssue("information", consent ? "suppressed" : "informational", text, List.of());
    }
}
