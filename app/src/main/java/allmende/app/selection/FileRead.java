package allmende.app.selection;

import allmende.core.cohort.Catalogue;
import allmende.core.cohort.CohortQuery;
import allmende.core.cohort.ParsedQuery;
import allmende.core.cohort.Problem;
import allmende.core.document.CohortDocument;
import allmende.core.document.DataDocument;
import allmende.core.document.Remark;
import allmende.core.document.Upgrade;
import allmende.core.fhir.FhirJson;
import allmende.core.fhir.JsonRead;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What a file that somebody brings holds. */
sealed interface FileRead {

    /** Kinds of files. */
    enum Kind {
        /** A cohort definition. */
        CCDL,
        /** A data selection with its cohort definition. */
        CRTDL
    }

    /**
     * It can be kept.
     *
     * @param document what is kept if it is kept as it is
     * @param newest the same in the newest form
     * @param version as the file gives it; empty where it does not
     * @param remarks what is worth knowing, with pointers into the file
     * @param problems why it can't be answered as it is, with pointers into the file
     * @param query what the cohort asks; null where it has problems
     */
    record Understood(
            Kind kind,
            DataDocument document,
            Upgrade<DataDocument> newest,
            String version,
            List<Remark> remarks,
            List<Problem> problems,
            @Nullable CohortQuery query)
            implements FileRead {
        public Understood {
            remarks = List.copyOf(remarks);
            problems = List.copyOf(problems);
        }
    }

    /** It has not the shape of either. */
    record Unreadable(Problem problem) implements FileRead {}

    /** Reads a file of either kind. */
    static FileRead of(byte[] file, Catalogue catalogue) {
        return isData(file) ? data(file, catalogue) : cohort(file, catalogue);
    }

    private static boolean isData(byte[] file) {
        return FhirJson.read(file) instanceof JsonRead.Parsed(JsonNode tree)
                && (tree.has("cohortDefinition") || tree.has("dataExtraction"));
    }

    private static String version(JsonNode tree) {
        return tree.path("version").asString("");
    }

    private static FileRead data(byte[] file, Catalogue catalogue) {
        return switch (DataDocument.read(file)) {
            case DataDocument.Read.Unreadable(Problem problem) -> new Unreadable(problem);
            case DataDocument.Read.Readable(DataDocument document, List<Remark> remarks) -> {
                List<Problem> problems = new ArrayList<>();
                CohortQuery query = query(document.cohort(), "/cohortDefinition", catalogue, problems);
                problems.addAll(document.extraction().problems());
                yield new Understood(
                        Kind.CRTDL,
                        document,
                        document.upgraded(catalogue),
                        version(document.tree()),
                        remarks,
                        problems,
                        query);
            }
        };
    }

    private static FileRead cohort(byte[] file, Catalogue catalogue) {
        return switch (CohortDocument.read(file)) {
            case CohortDocument.Read.Unreadable(Problem problem) -> new Unreadable(problem);
            case CohortDocument.Read.Readable(CohortDocument cohort, List<Remark> remarks) -> {
                List<Problem> problems = new ArrayList<>();
                CohortQuery query = query(cohort, "", catalogue, problems);
                Upgrade<CohortDocument> newest = cohort.upgraded(catalogue);
                yield new Understood(
                        Kind.CCDL,
                        around(cohort),
                        new Upgrade<>(around(newest.document()), newest.differences()),
                        version(cohort.tree()),
                        remarks,
                        problems,
                        query);
            }
        };
    }

    private static DataDocument around(CohortDocument cohort) {
        return DataDocument.empty().withCohort(cohort).withDisplay(cohort.display());
    }

    private static @Nullable CohortQuery query(
            CohortDocument cohort, String pointer, Catalogue catalogue, List<Problem> problems) {
        return switch (cohort.query(catalogue)) {
            case ParsedQuery.Valid(CohortQuery query) -> query;
            case ParsedQuery.Invalid(List<Problem> found) -> {
                found.forEach(problem -> problems.add(problem.below(pointer)));
                yield null;
            }
        };
    }
}
