package allmende.engine.index;

import allmende.core.disclosure.ValueGrid;
import allmende.core.fhir.Coding;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * Reads all concepts of an index, for statistics: who has them, in which years, with which values. Valid as long as its
 * {@link IndexSnapshot}. What it tells of patients who do not exist (any more) is for the caller to leave out.
 */
public final class ConceptRows {

    private static final String YEAR = "year(make_timestamp(start_minute * 60000000::bigint))";

    private final IndexFile file;
    private final Connection reader;
    private final int lastPatient;

    ConceptRows(IndexFile file, Connection reader, int lastPatient) {
        this.file = file;
        this.reader = reader;
        this.lastPatient = lastPatient;
    }

    /**
     * A concept that occurs as a term.
     *
     * @param context code of the context
     * @param number of the concept
     * @param facts how many facts of it there are
     * @param numeric whether any of them has a number
     */
    public record Occurring(String context, long number, Coding coding, long facts, boolean numeric) {}

    /** All concepts that occur, by context and number. */
    public List<Occurring> occurring() {
        List<Occurring> concepts = new ArrayList<>();
        query(
                "select context, concept, sum(facts)::bigint, bool_or(number) from (select context, concept, facts,"
                        + " unit is distinct from " + Schema.NO_NUMBER + " and unit is distinct from "
                        + Schema.BIRTH_UNIT + " as number from tally where facts > 0 union all"
                        + " select context, concept, 1 as facts, value is not null and unit is distinct from "
                        + Schema.BIRTH_UNIT + " as number from recent) group by all order by 1, 2",
                row -> concepts.add(new Occurring(
                        file.names(NameNumbers.Kind.CONTEXT).name(row.getInt(1)),
                        row.getLong(2),
                        file.dictionary().coding(row.getLong(2)),
                        row.getLong(3),
                        row.getBoolean(4))));
        return concepts;
    }

    /** Hears the patients of a concept with a resource of a calendar year; the year is null for those without a date. */
    public interface ByYear {
        void patients(long concept, @Nullable Integer year, RoaringBitmap patients);
    }

    /**
     * Tells who has these concepts in which years, by the start of the resources. A bit string for each concept and year:
     * for concepts that many have.
     */
    public void byYear(String context, Collection<Long> concepts, ByYear to) {
        int bits = (lastPatient / Long.SIZE + 1) * Long.SIZE;
        query(
                "select concept, " + YEAR + ", bitstring_agg(patient, 0, " + (bits - 1) + ")::blob from "
                        + FactSql.ALL_FACTS + " where " + these(context, concepts) + " and patient < " + bits
                        + " group by all",
                row -> to.patients(row.getLong(1), year(row), Words.ofBlob(row.getBytes(3))));
    }

    /** As {@link #byYear}, fact by fact: for concepts that few have, where bit strings would be nearly all zeros. */
    public void rareByYear(String context, Collection<Long> concepts, ByYear to) {
        Map<Long, Map<Optional<Integer>, RoaringBitmap>> found = new HashMap<>();
        query(
                "select concept, " + YEAR + ", patient from " + FactSql.ALL_FACTS + " where " + these(context, concepts)
                        + " and patient <= " + lastPatient,
                row -> found.computeIfAbsent(row.getLong(1), _ -> new HashMap<>())
                        .computeIfAbsent(Optional.ofNullable(year(row)), _ -> new RoaringBitmap())
                        .add(row.getInt(3)));
        found.forEach((concept, years) ->
                years.forEach((year, patients) -> to.patients(concept, year.orElse(null), patients)));
    }

    private static @Nullable Integer year(ResultSet row) throws SQLException {
        int year = row.getInt(2);
        return row.wasNull() ? null : (Integer) year;
    }

    /** Which of a patient's numbers a count is about. */
    public enum Which {
        /** Any. */
        ANY,
        /** The highest. */
        HIGHEST,
        /** The lowest. */
        LOWEST
    }

    /**
     * Patients by their numbers.
     *
     * @param unit as the data write it; empty where there is none
     * @param bin of {@link ValueGrid}
     */
    public record NumberBin(String unit, Which which, int bin, long patients) {}

    /** The numbers of a concept. */
    public List<NumberBin> numbers(String context, long concept) {
        List<NumberBin> bins = new ArrayList<>();
        String values = "with v as (select unit, patient, " + ValueGrid.sql("value") + " as bin from "
                + FactSql.ALL_FACTS + " where " + these(context, List.of(concept))
                + " and value is not null and isfinite(value) and unit is distinct from " + Schema.BIRTH_UNIT + ") ";
        query(
                values + "select unit, '" + Which.ANY + "', bin, count(distinct patient) from v group by all"
                        + " union all " + extreme("max", Which.HIGHEST) + " union all "
                        + extreme("min", Which.LOWEST),
                row -> bins.add(numberBin(row)));
        return bins;
    }

    private static String extreme(String function, Which which) {
        return "select unit, '" + which + "', bin, count(*) from (select unit, patient, " + function
                + "(bin) as bin from v group by unit, patient) group by all";
    }

    private NumberBin numberBin(ResultSet row) throws SQLException {
        int unit = row.getInt(1);
        String name = row.wasNull() ? "" : file.names(NameNumbers.Kind.UNIT).name(unit);
        return new NumberBin(name, Which.valueOf(row.getString(2)), row.getInt(3), row.getLong(4));
    }

    /** Patients who have a concept with a coded value. */
    public record CodedValue(String context, long concept, Coding value, long patients) {}

    /** All pairs of a concept and a coded value. */
    public List<CodedValue> codedValues() {
        List<CodedValue> values = new ArrayList<>();
        query(
                "select context, concept, value_concept, count(distinct patient) from " + FactSql.ALL_FACTS
                        + " where value_concept is not null and unit is null group by all order by all",
                row -> values.add(new CodedValue(
                        file.names(NameNumbers.Kind.CONTEXT).name(row.getInt(1)),
                        row.getLong(2),
                        file.dictionary().coding(row.getLong(3)),
                        row.getLong(4))));
        return values;
    }

    /** Two resources that have a concept, by their numbers in the store; the same one twice if there is no other. */
    public record Sample(String context, Coding coding, long first, long last) {}

    /** Resources for each concept that occurs as a term. */
    public List<Sample> samples() {
        List<Sample> samples = new ArrayList<>();
        query(
                "select context, concept, min(resource), max(resource) from " + FactSql.ALL_FACTS + " group by all",
                row -> samples.add(new Sample(
                        file.names(NameNumbers.Kind.CONTEXT).name(row.getInt(1)),
                        file.dictionary().coding(row.getLong(2)),
                        row.getLong(3),
                        row.getLong(4))));
        return samples;
    }

    /** For resources whose terms come from another resource, such as a Medication: that one's number. */
    public Map<Long, Long> origins(Collection<Long> resources) {
        Map<Long, Long> origins = new HashMap<>();
        if (!resources.isEmpty()) {
            query(
                    "select resource, max(target) from dependent where target > 0 and resource in "
                            + Sql.list(resources) + " group by all",
                    row -> origins.put(row.getLong(1), row.getLong(2)));
        }
        return origins;
    }

    private String these(String context, Collection<Long> concepts) {
        int number = file.names(NameNumbers.Kind.CONTEXT).find(context).orElse(0);
        return "context = " + number + " and concept in " + Sql.list(concepts);
    }

    private void query(String sql, Sql.RowReader to) {
        try {
            Sql.query(reader, sql, to);
        } catch (SQLException failed) {
            throw CohortIndex.unavailable(failed);
        }
    }
}
