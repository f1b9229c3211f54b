package allmende.core.cohort;

import allmende.core.fhir.FhirJson;
import allmende.core.fhir.JsonRead;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Reads CCDL query documents against a catalogue. All five versions of the format are understood: draft-1, Structured
 * Query 2 and 3, CCDL 1.0.0 and 2.0.0; what they don't know of each other is tolerated. A document is read to its end, so
 * that its author learns of every problem at once. docs/implementation/ccdl.md says what the parts mean.
 */
public final class CcdlReader {

    /** Largest document in bytes; ten thousand pasted codes take about 1.5 million. */
    public static final int MAX_BYTES = 10_000_000;

    /** Most criteria in a document, those inside of reference filters included. */
    public static final int MAX_CRITERIA = 1_000;

    /** Most codes in a document: term codes and selected concepts. */
    public static final int MAX_CODES = 100_000;

    /** Most problems that are reported; a document with more is no query. */
    public static final int MAX_PROBLEMS = 100;

    private static final Pattern URI = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:\\S+");

    private final Catalogue catalogue;

    /** A reader of queries that this catalogue can answer. */
    public CcdlReader(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** Reads a document (UTF-8 JSON). */
    public ParsedQuery read(byte[] json) {
        if (json.length > MAX_BYTES) {
            return refused(Problem.of("", ProblemCode.TOO_LARGE, MAX_BYTES));
        }
        return switch (FhirJson.read(json)) {
            case JsonRead.Malformed malformed -> refused(unreadable(malformed));
            case JsonRead.Parsed parsed -> {
                List<Problem> problems = new ArrayList<>();
                CohortQuery query = query(Place.root(parsed.tree(), problems));
                yield problems.isEmpty()
                        ? new ParsedQuery.Valid(query)
                        : new ParsedQuery.Invalid(
                                problems.stream().distinct().limit(MAX_PROBLEMS).toList());
            }
        };
    }

    private static Problem unreadable(JsonRead.Malformed malformed) {
        return malformed.line() > 0
                ? Problem.of("", ProblemCode.NOT_JSON_AT, malformed.reason(), malformed.line(), malformed.column())
                : Problem.of("", ProblemCode.NOT_JSON, malformed.reason());
    }

    private static ParsedQuery refused(Problem problem) {
        return new ParsedQuery.Invalid(List.of(problem));
    }

    private CohortQuery query(Place root) {
        if (!root.object("The query")) {
            return new CohortQuery(List.of(), List.of());
        }
        version(root.at("version"));
        CriterionReader criteria = new CriterionReader(catalogue);
        Place inclusion = root.at("inclusionCriteria");
        List<List<Criterion>> included = groups(inclusion, criteria);
        if (inclusion.withoutItems()) {
            inclusion.problem(ProblemCode.NO_INCLUSION);
        }
        List<List<Criterion>> excluded = groups(root.at("exclusionCriteria"), criteria);
        return new CohortQuery(included, excluded);
    }

    /** Any URI, "2", or nothing: what a document means follows from its parts, not from its version. */
    private static void version(Place place) {
        String version = place.text();
        if (version != null && !version.equals("2") && !URI.matcher(version).matches()) {
            place.problem(ProblemCode.VERSION);
        }
    }

    private static List<List<Criterion>> groups(Place list, CriterionReader criteria) {
        List<List<Criterion>> groups = new ArrayList<>();
        for (Place group : list.items()) {
            List<Place> members = group.items();
            if (group.withoutItems()) {
                group.problem(ProblemCode.EMPTY_GROUP);
            }
            List<Criterion> read = new ArrayList<>();
            for (Place member : members) {
                if (criteria.full(list)) {
                    return groups;
                }
                read.add(criteria.read(member));
            }
            groups.add(read);
        }
        return groups;
    }
}
