package allmende.app.workbench;

import allmende.app.portal.Question;
import allmende.core.document.CohortDocument;
import allmende.core.document.DataDocument;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;

/** The cohort inside of a question's document. */
final class Documents {

    private Documents() {}

    /** The document of a question that is new. */
    static String empty() {
        return text(DataDocument.empty().write());
    }

    /** The document of a question that begins with this cohort. */
    static String around(CohortDocument cohort) {
        return text(DataDocument.empty().withCohort(cohort).write());
    }

    static CohortDocument cohort(String document) {
        return data(document).cohort();
    }

    static String cohortText(String document) {
        return text(cohort(document).write());
    }

    /** The question's document with another cohort; the data selection stays as it is. */
    static String edited(Question question, UnaryOperator<CohortDocument> edit) {
        DataDocument data = data(question.document());
        CohortDocument before = data.cohort();
        CohortDocument after = edit.apply(before);
        return after == before
                ? question.document()
                : text(data.withCohort(after).write());
    }

    private static DataDocument data(String document) {
        return switch (DataDocument.read(document.getBytes(StandardCharsets.UTF_8))) {
            case DataDocument.Read.Readable readable -> readable.document();
            case DataDocument.Read.Unreadable unreadable ->
                throw new IllegalStateException("a stored document can't be read: " + unreadable);
        };
    }

    private static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }
}
