package allmende.core.explain;

import allmende.core.cohort.Catalogue;
import allmende.core.cohort.CohortQuery;
import allmende.core.cohort.Criterion;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Writes a query as the SQL that a site runs over its index, for reading: the tables and conditions are those of the index,
 * with names in the places of its numbers. A code and all below it are one range of concept numbers there, so
 * {@code first_of} and {@code last_of} stand for the ends of that range.
 */
public final class SqlText {

    private SqlText() {}

    /** The query as SQL text. */
    public static String of(CohortQuery query, Catalogue catalogue, DisplayNames names) {
        List<String> parts = new ArrayList<>();
        List<String> inclusion = groups(query.inclusion(), "criterion_", "union", parts, names);
        List<String> exclusion = groups(query.exclusion(), "excluded_", "intersect", parts, names);
        if (inclusion.isEmpty()) {
            inclusion = List.of("select patient from patients");
        }
        String cohort = bracketed(inclusion, "\n  intersect\n  ");
        if (!exclusion.isEmpty()) {
            cohort = "(" + cohort + ")\n  except\n  (" + bracketed(exclusion, "\n  union\n  ") + ")";
        }
        String criteria = parts.isEmpty() ? "" : "with\n" + String.join(",\n", parts) + "\n";
        return criteria + "select count(*) from (\n  " + cohort + "\n)\n";
    }

    private static String bracketed(List<String> groups, String operator) {
        return groups.size() == 1
                ? groups.getFirst()
                : String.join(
                        operator,
                        groups.stream().map(group -> "(" + group + ")").toList());
    }

    private static List<String> groups(
            List<List<Criterion>> groups, String prefix, String operator, List<String> parts, DisplayNames names) {
        List<String> texts = new ArrayList<>();
        int number = 1;
        for (List<Criterion> group : groups) {
            List<String> members = new ArrayList<>();
            for (Criterion criterion : group) {
                String name = prefix + number++;
                String sentence =
                        PlainLanguage.of(criterion, Locale.ENGLISH, names).text();
                parts.add("-- " + sentence.replaceAll("\\R", " ") + "\n" + name + " as (\n  "
                        + SqlCriterion.patients(criterion) + "\n)");
                members.add("select patient from " + name);
            }
            texts.add(String.join(" " + operator + " ", members));
        }
        return texts;
    }
}
