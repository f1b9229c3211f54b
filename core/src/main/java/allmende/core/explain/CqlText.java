package allmende.core.explain;

import allmende.core.cohort.Catalogue;
import allmende.core.cohort.CohortQuery;
import allmende.core.cohort.Criterion;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes a query as CQL 1.5 over FHIR 4.0.1, for reading: what each criterion looks at, and how criteria go together. Codes
 * stand for themselves and everything below them, which CQL without a terminology server can't say; a comment says so.
 */
public final class CqlText {

    private static final String HEAD = """
            library AllmendeCohort version '1'
            using FHIR version '4.0.1'
            include FHIRHelpers version '4.0.1'
            """;

    private static final String NOTES = """
            // A code stands for itself and for every code below it in its code system; units are converted.
            // Resources that were entered in error, refuted or not carried out do not count.
            // Where a resource has several times, the first one that is named counts.
            context Patient

            """;

    private CqlText() {}

    /** The query as CQL text. */
    public static String of(CohortQuery query, Catalogue catalogue, DisplayNames names) {
        CqlSystems systems = new CqlSystems();
        StringBuilder definitions = new StringBuilder();
        CqlCriterion criteria = new CqlCriterion(catalogue, names, systems, definitions);
        List<String> inclusion = groups(query.inclusion(), criteria, "", " or ");
        List<String> exclusion = groups(query.exclusion(), criteria, "X", " and ");
        define(definitions, "Inclusion", inclusion.isEmpty() ? "true" : String.join("\n  and ", inclusion));
        if (!exclusion.isEmpty()) {
            define(definitions, "Exclusion", String.join("\n  or ", exclusion));
        }
        define(definitions, "InCohort", exclusion.isEmpty() ? "\"Inclusion\"" : "\"Inclusion\" and not \"Exclusion\"");
        String declarations = String.join("\n", systems.declarations());
        return HEAD + (declarations.isEmpty() ? "" : "\n" + declarations + "\n") + "\n" + NOTES
                + definitions.toString().strip() + "\n";
    }

    private static List<String> groups(
            List<List<Criterion>> groups, CqlCriterion criteria, String prefix, String connective) {
        List<String> texts = new ArrayList<>();
        int number = 1;
        for (List<Criterion> group : groups) {
            List<String> members = new ArrayList<>();
            for (Criterion criterion : group) {
                criteria.write(criterion, prefix + number);
                members.add(CqlPaths.name("Criterion " + prefix + number));
                number++;
            }
            texts.add("(" + String.join(connective, members) + ")");
        }
        return texts;
    }

    private static void define(StringBuilder text, String name, String expression) {
        text.append("define ")
                .append(CqlPaths.name(name))
                .append(":\n  ")
                .append(expression)
                .append("\n\n");
    }
}
