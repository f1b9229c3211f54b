package allmende.engine.index;

import allmende.core.cohort.Catalogue;
import allmende.core.fhir.Coding;
import allmende.core.terminology.Terminology;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.TreeSet;
import java.util.function.LongConsumer;
import org.duckdb.DuckDBAppender;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * Fills an index with invented facts, without any resources or store behind them. For benchmarks: the tables, their order
 * and the bitmaps are those of a real index, so that speed and size are as well.
 */
public final class BulkFacts {

    /** First minute of the invented facts: 2015-01-01T00:00. */
    private static final long FIRST_MINUTE = 23_667_840;

    /** Minutes over which the invented facts are spread: ten years. */
    private static final long MINUTES = 5_260_000;

    /** Resources that belong to one patient, numbered one after another. */
    private static final int RESOURCES_PER_PATIENT = 100;

    /**
     * What to invent.
     *
     * @param patients how many; all of them exist
     */
    public record Plan(int patients, List<ConceptPlan> concepts) {
        public Plan {
            concepts = List.copyOf(concepts);
        }
    }

    /**
     * Facts of one concept, spread evenly over patients and years.
     *
     * @param values what numbers they have; null for facts without a value
     */
    public record ConceptPlan(
            String context,
            Coding concept,
            long facts,
            @Nullable Values values) {}

    /** Numbers between two bounds, with one decimal place. */
    public record Values(int low, int high, String unit) {}

    /** Dates of birth from 1925-01-01 to 2024-12-31, in days since 1970-01-01, as the facts of persons' ages have them. */
    public static final Values BIRTHS = new Values(-16_436, 20_088, "");

    private BulkFacts() {}

    /**
     * Writes an index into an empty directory. It stands at {@code t} = 0, as if the store were empty.
     *
     * @param written hears how many facts were written since the last call
     * @throws IndexUnavailable where that fails
     */
    public static void write(
            Path directory, Catalogue catalogue, Terminology terminology, Plan plan, LongConsumer written) {
        IndexDirectory taken = IndexDirectory.take(directory.toAbsolutePath());
        if (taken == null) {
            throw new IllegalStateException("The directory is in use: " + directory);
        }
        try (taken) {
            Path path = taken.next();
            IndexFile.create(path, Fingerprint.of(catalogue, terminology));
            try (IndexFile file = new IndexFile(path, terminology)) {
                fill(file, plan, written);
                Rewrite.complete(file);
            }
            taken.use(path);
        } catch (SQLException failed) {
            throw CohortIndex.unavailable(failed);
        }
    }

    private static void fill(IndexFile file, Plan plan, LongConsumer written) throws SQLException {
        Connection writer = file.writer();
        Sql.execute(
                writer,
                "create temp table plan (context smallint, concept bigint, facts bigint, low integer, high integer,"
                        + " unit integer)");
        TreeSet<Integer> contexts = new TreeSet<>();
        try (DuckDBAppender out = Sql.duck(writer).createAppender("temp", "main", "plan")) {
            for (ConceptPlan concept : plan.concepts()) {
                int context = file.names(NameNumbers.Kind.CONTEXT).number(concept.context());
                contexts.add(context);
                append(out, file, concept, context);
            }
        }
        for (int context : contexts) {
            written.accept(Sql.update(writer, insert(context, plan.patients())));
        }
        Sql.execute(writer, "drop table plan");
        Sql.execute(writer, "update patients set existing = ?", (Object)
                Patients.toBytes(RoaringBitmap.bitmapOfRange(0, plan.patients())));
        file.saved(Sql.transaction(writer, file::saveNames));
    }

    private static void append(DuckDBAppender out, IndexFile file, ConceptPlan concept, int context)
            throws SQLException {
        out.beginRow()
                .append((short) context)
                .append(file.dictionary().number(concept.concept()))
                .append(concept.facts());
        Values values = concept.values();
        if (values == null) {
            out.appendNull().appendNull().appendNull();
        } else {
            out.append(values.low())
                    .append(values.high())
                    .append(
                            values.equals(BIRTHS)
                                    ? Schema.BIRTH_UNIT
                                    : file.names(NameNumbers.Kind.UNIT).number(values.unit()));
        }
        out.endRow();
    }

    private static String insert(int context, int patients) {
        return "insert into fact select context, concept, patient, patient::bigint * " + RESOURCES_PER_PATIENT
                + " + (random() * " + (RESOURCES_PER_PATIENT - 1) + ")::integer, value, unit, "
                + "case when unit = " + Schema.BIRTH_UNIT + " then value::bigint + 1439 end, (" + FIRST_MINUTE
                + " + random() * " + MINUTES + ")::integer, 0 from (select context, concept, unit, "
                + "floor((i + random()) * " + patients + " / facts)::integer as patient, case when unit = "
                + Schema.BIRTH_UNIT + " then floor(low + random() * (high - low)) * 1440"
                + " else round(low + random() * (high - low), 1) end as value"
                + " from plan, lateral (select i from range(facts) numbers(i)) where context = " + context
                + ") order by concept, patient";
    }
}
