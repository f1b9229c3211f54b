package allmende.app.extraction;

import allmende.app.site.SiteData;
import allmende.core.cohort.CohortQuery;
import allmende.core.cohort.ParsedQuery;
import allmende.core.cohort.Problem;
import allmende.core.consent.ConsentJob;
import allmende.core.consent.ConsentRequest;
import allmende.core.consent.Rules;
import allmende.core.document.DataDocument;
import allmende.core.extraction.ConsentCheck;
import allmende.core.extraction.Extraction;
import allmende.core.extraction.ExtractionRead;
import allmende.core.extraction.PlanRead;
import allmende.core.fhir.FhirJson;
import allmende.engine.extract.Pipeline;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads what an order asks, and tells all that is wrong with it at once. */
public final class Orders {

    private static final String COHORT = "/cohortDefinition";

    private Orders() {}

    /** The outcome. */
    public sealed interface Read {

        /**
         * It can be carried out.
         *
         * @param cohort the patients; with a list of patients, what the query says about consent still counts
         * @param extraction what is asked of them
         * @param asked what of consent is asked for
         */
        record Usable(CohortQuery cohort, Extraction extraction, ConsentRequest asked) implements Read {

            /** What consent permits. */
            public ConsentCheck consent() {
                return ConsentCheck.of(new ConsentJob(asked));
            }
        }

        /** It can't. */
        record Refused(List<Problem> problems) implements Read {
            public Refused {
                problems = List.copyOf(problems);
            }
        }
    }

    /**
     * Reads.
     *
     * @param crtdl the document
     * @param day the evaluation day
     * @param rules name of the mode of consent in small letters: {@code allmende}, {@code reference} or {@code none}
     */
    public static Read read(byte[] crtdl, LocalDate day, String rules, SiteData data, Pipeline pipeline) {
        return switch (DataDocument.read(crtdl)) {
            case DataDocument.Read.Unreadable(Problem problem) -> new Read.Refused(List.of(problem));
            case DataDocument.Read.Readable readable -> read(readable.document(), day, rules, data, pipeline);
        };
    }

    private static Read read(DataDocument document, LocalDate day, String rules, SiteData data, Pipeline pipeline) {
        List<Problem> problems = new ArrayList<>();
        ExtractionRead extraction = document.extraction();
        problems.addAll(extraction.problems());
        if (extraction.usable() && pipeline.plan(extraction.extraction()) instanceof PlanRead.Refused refused) {
            problems.addAll(refused.problems());
        }
        Rules mode = mode(rules);
        if (mode == null) {
            problems.add(new Problem("", "Consent is judged by the rules allmende, reference or none."));
        }
        byte[] cohort = FhirJson.write(document.cohort().tree());
        return switch (data.read(cohort)) {
            case ParsedQuery.Invalid invalid -> {
                invalid.problems().forEach(problem -> problems.add(problem.below(COHORT)));
                yield new Read.Refused(problems);
            }
            case ParsedQuery.Valid(CohortQuery query) -> {
                if (mode != null) {
                    ConsentRequest.problems(query, mode).forEach(problem -> problems.add(problem.below(COHORT)));
                }
                yield problems.isEmpty() && mode != null
                        ? new Read.Usable(query, extraction.extraction(), ConsentRequest.of(query, day, mode))
                        : new Read.Refused(problems);
            }
        };
    }

    private static @Nullable Rules mode(String name) {
        for (Rules rules : Rules.values()) {
            if (rules.name().toLowerCase(Locale.ROOT).equals(name)) {
                return rules;
            }
        }
        return null;
    }
}
