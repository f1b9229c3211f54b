package allmende.engine.index;

import allmende.core.fhir.Coding;
import allmende.core.terminology.ConceptRange;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * The index as it is at one {@code t}, within one read transaction. Valid only while {@link CohortIndex#read} calls its
 * reader; not thread-safe.
 */
public final class IndexSnapshot {

    private final IndexFile file;
    private final Connection reader;
    private final FactSql sql;
    private final long t;
    private final boolean anyRecent;
    private final RoaringBitmap patients;

    IndexSnapshot(IndexFile file, Connection reader) throws SQLException {
        this.file = file;
        this.reader = reader;
        this.sql = new FactSql(file);
        RoaringBitmap[] existing = {new RoaringBitmap()};
        long[] numbers = new long[2];
        Sql.query(reader, "select t, (select count(*) from recent), existing from state, patients", row -> {
            numbers[0] = row.getLong(1);
            numbers[1] = row.getLong(2);
            existing[0] = Patients.ofBytes(row.getBytes(3));
        });
        this.t = numbers[0];
        this.anyRecent = numbers[1] > 0;
        this.patients = existing[0];
    }

    /** The snapshot of the store that this is. */
    public long t() {
        return t;
    }

    /** Numbers of the patients that exist; a copy. */
    public RoaringBitmap patients() {
        return patients.clone();
    }

    /** As {@link allmende.core.terminology.ConceptNumbers#subtree}. */
    public List<ConceptRange> subtree(Coding coding) {
        return file.dictionary().subtree(coding);
    }

    /** As {@link allmende.core.terminology.ConceptNumbers#find}. */
    public OptionalLong concept(Coding coding) {
        return file.dictionary().find(coding);
    }

    /** Numbers of the patients with a fact that passes the filter; some may not exist (any more). */
    public RoaringBitmap matching(FactFilter filter) {
        try {
            return filter.value() == null
                            && filter.time() == null
                            && filter.attributes().isEmpty()
                    ? present(filter)
                    : matchingRows(sql.condition(filter));
        } catch (SQLException failed) {
            throw CohortIndex.unavailable(failed);
        }
    }

    /** Numbers of the patients that have the pattern; some may not exist (any more). */
    public RoaringBitmap matching(FactPattern pattern) {
        if (pattern.plain()) {
            return matching(pattern.filter());
        }
        try {
            long slices = 1 + facts(pattern) / PatternSql.SLICE_FACTS;
            long size = lastPatient() / slices + 1;
            RoaringBitmap matching = new RoaringBitmap();
            for (long first = 0; first <= lastPatient(); first += size) {
                PatternSql query = new PatternSql(sql, first, Math.min(first + size - 1, lastPatient()));
                matching.or(Words.ofRows(reader, "(" + query.patients(pattern) + ")", lastPatient()));
            }
            return matching;
        } catch (SQLException failed) {
            throw CohortIndex.unavailable(failed);
        }
    }

    /** How many facts a pattern is about, whatever their values, times and attributes. */
    private long facts(FactPattern pattern) throws SQLException {
        FactPattern.Near near = pattern.near();
        return facts(pattern.filter()) + (near == null ? 0 : facts(near.of()));
    }

    private long facts(FactFilter filter) throws SQLException {
        String these = sql.terms(filter.context(), filter.terms());
        return Sql.number(
                reader,
                "select (select coalesce(sum(facts), 0) from tally where " + these
                        + ")::bigint + (select count(*) from recent where " + these + ")");
    }

    private RoaringBitmap matchingRows(String condition) throws SQLException {
        return Words.ofRows(reader, FactSql.ALL_FACTS + " where " + condition, lastPatient());
    }

    private RoaringBitmap present(FactFilter filter) throws SQLException {
        OptionalInt context = file.names(NameNumbers.Kind.CONTEXT).find(filter.context());
        if (context.isEmpty() || filter.terms().isEmpty()) {
            return new RoaringBitmap();
        }
        Presence.Known known = Presence.look(reader, context.getAsInt(), filter.terms());
        RoaringBitmap present = Words.ofWordRows(reader, Presence.words(known.stretches()), lastPatient());
        List<String> rows = new ArrayList<>();
        if (anyRecent) {
            rows.add("select patient from recent where " + sql.terms(filter.context(), filter.terms()));
        }
        if (!known.rest().isEmpty()) {
            rows.add("select patient from fact where " + sql.terms(filter.context(), known.rest()));
        }
        if (!rows.isEmpty()) {
            present.or(Words.ofRows(reader, "(" + String.join(" union all ", rows) + ")", lastPatient()));
        }
        return present;
    }

    /**
     * For each of the bounds the patients who may have been born in that minute or earlier: of a partial date of birth, its
     * first day counts.
     *
     * @param context context of the term
     * @param age term of dates of birth
     * @param bounds local minutes since 1970
     */
    public List<RoaringBitmap> bornUntil(String context, Coding age, List<Long> bounds) {
        return parts(
                sql.terms(context, subtree(age)) + " and unit = " + Schema.BIRTH_UNIT,
                bounds.stream().map(bound -> "value <= " + bound).toList());
    }

    /** For each of the values the patients who have the term with this coded value. */
    public List<RoaringBitmap> having(String context, Coding term, List<Coding> values) {
        return parts(
                sql.terms(context, subtree(term)) + " and unit is null",
                values.stream()
                        .map(value -> concept(value).isPresent()
                                ? "value_concept = " + concept(value).getAsLong()
                                : "false")
                        .toList());
    }

    private List<RoaringBitmap> parts(String these, List<String> conditions) {
        try {
            return Words.ofParts(reader, FactSql.ALL_FACTS + " where " + these, conditions, lastPatient());
        } catch (SQLException failed) {
            throw CohortIndex.unavailable(failed);
        }
    }

    /**
     * Codes of the contexts in which anything is known about anybody: a site without any can't tell whether nobody has
     * it or nobody wrote it down.
     */
    public Set<String> contextsWithData() {
        Set<String> contexts = new TreeSet<>();
        try {
            Sql.query(
                    reader,
                    "select context from tally group by context having sum(facts) > 0 union select context from recent",
                    row -> contexts.add(file.names(NameNumbers.Kind.CONTEXT).name(row.getInt(1))));
        } catch (SQLException failed) {
            throw CohortIndex.unavailable(failed);
        }
        return contexts;
    }

    /** The concept with this number. */
    public Coding coding(long number) {
        return file.dictionary().coding(number);
    }

    /** Who has which concepts, when and with which values; for statistics over all of it. */
    public ConceptRows conceptRows() {
        return new ConceptRows(file, reader, lastPatient());
    }

    /** Nobody above the last existing patient is ever counted. */
    private int lastPatient() {
        return patients.isEmpty() ? 0 : patients.last();
    }

    /**
     * How many facts of these terms have a number, by unit as the data write it; null is the key of those without a
     * unit.
     */
    public Map<@Nullable String, Long> units(String context, List<ConceptRange> terms) {
        String these = sql.terms(context, terms);
        return units("select unit, sum(facts)::bigint from (select unit, facts from tally where facts > 0"
                + " and unit is distinct from " + Schema.NO_NUMBER + " and " + these
                + " union all select unit, count(*) as facts from recent where value is not null and " + these
                + " group by unit) group by unit");
    }

    /** The same for an attribute. */
    public Map<@Nullable String, Long> units(String context, Coding attribute) {
        return units("select unit, count(*) from attribute where value is not null and " + sql.owner(context, attribute)
                + " group by unit");
    }

    private Map<@Nullable String, Long> units(String query) {
        Map<@Nullable String, Long> units = new HashMap<>();
        try {
            Sql.query(reader, query, row -> unit(row, units));
        } catch (SQLException failed) {
            throw CohortIndex.unavailable(failed);
        }
        return units;
    }

    private void unit(ResultSet row, Map<@Nullable String, Long> units) throws SQLException {
        int number = row.getInt(1);
        if (row.wasNull()) {
            units.merge(null, row.getLong(2), Long::sum);
        } else if (number != Schema.BIRTH_UNIT) {
            units.merge(file.names(NameNumbers.Kind.UNIT).name(number), row.getLong(2), Long::sum);
        }
    }

    List<IndexStatistics.ConceptCount> topConcepts(String context, int limit) throws SQLException {
        OptionalInt number = file.names(NameNumbers.Kind.CONTEXT).find(context);
        List<IndexStatistics.ConceptCount> top = new ArrayList<>();
        if (number.isEmpty()) {
            return top;
        }
        String these = " where context = " + number.getAsInt();
        Sql.query(
                reader,
                "select concept, sum(facts)::bigint from (select concept, facts from tally" + these
                        + " union all select concept, 1 as facts from recent" + these
                        + ") group by 1 order by 2 desc, 1 limit " + limit,
                row -> top.add(new IndexStatistics.ConceptCount(
                        file.dictionary().coding(row.getLong(1)), java.util.Optional.empty(), row.getLong(2))));
        return top;
    }

    void count(CountReader to) throws SQLException {
        Sql.query(
                reader,
                "select context, date_trunc('month', make_timestamp(start_minute * 60000000::bigint))::date, count(*) from "
                        + FactSql.ALL_FACTS + " group by all order by 2, 1",
                row -> to.count(
                        file.names(NameNumbers.Kind.CONTEXT).name(row.getInt(1)),
                        row.getObject(2, java.time.LocalDate.class),
                        row.getLong(3)));
    }

    /** Hears facts by context and month; null for those without a date. */
    interface CountReader {
        void count(String context, java.time.@Nullable LocalDate month, long facts);
    }
}
