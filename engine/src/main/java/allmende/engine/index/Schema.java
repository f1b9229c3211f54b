package allmende.engine.index;

import java.util.List;

/**
 * The tables of an index file. {@code fact} is sorted by (context, concept, patient) and only ever loses rows;
 * {@code recent} has the same columns and takes what is new. docs/implementation/index.md shows rows of each.
 */
final class Schema {

    /** Raised whenever tables, or the meaning of their content, change: older files are then built anew. */
    static final int FORMAT = 2;

    /** Stands in column {@code span} for an end that is open. */
    static final int OPEN_SPAN = -1;

    /**
     * Unit number of stretches of time: {@code value} is the first and {@code value_concept} the last minute of a date of
     * birth, or of the days on which a permission stands.
     */
    static final int BIRTH_UNIT = 0;

    /** Unit in {@code tally} of facts that have no number; null there is a number without a unit. */
    static final int NO_NUMBER = -1;

    /** The unit of a fact as {@code tally} has it. */
    static final String TALLY_UNIT = "case when value is null then " + NO_NUMBER + " else unit end";

    /** Columns of a value, wherever one is kept. */
    private static final String VALUE = "value double, unit integer, value_concept bigint";

    private static final String FACT = "(context smallint not null, concept bigint not null, patient integer not null,"
            + " resource bigint not null, " + VALUE + ", start_minute integer, span integer)";

    /** Tables whose rows are sorted as named when the file is rewritten. */
    record Sorted(String table, String from, String order) {}

    private Schema() {}

    static List<String> tables() {
        return List.of(
                "state (t bigint not null, format integer not null, fingerprint varchar not null)",
                "fact " + FACT,
                "recent " + FACT,
                "attribute (context smallint not null, attribute integer not null, resource bigint not null,"
                        + " patient integer not null, " + VALUE + ")",
                "link (context smallint not null, attribute integer not null, resource bigint not null,"
                        + " patient integer not null, target bigint not null)",
                "dependent (target bigint not null, resource bigint not null, patient integer not null,"
                        + " type varchar not null, id varchar not null)",
                "awaited (number bigint not null, type varchar not null, id varchar not null)",
                "consent (patient integer not null, resource bigint not null, id varchar not null)",
                "patients (existing blob not null)",
                "presence (number integer not null, context smallint not null, low bigint not null,"
                        + " high bigint not null, complete boolean not null)",
                "word (stretch integer not null, word integer not null, bits ubigint not null)",
                "tally (context smallint not null, concept bigint not null, unit integer, facts bigint not null)",
                "name (kind varchar not null, number integer not null, text varchar not null)",
                "code_system (number integer not null, uri varchar not null)",
                "code (number bigint not null, code varchar not null)");
    }

    /** Tables that are copied as they are when the file is rewritten. */
    static List<String> copied() {
        return List.of("state", "patients", "name", "code_system", "code");
    }

    static List<Sorted> sorted() {
        return List.of(
                new Sorted("attribute", "attribute", "context, attribute, value_concept, patient"),
                new Sorted("link", "link", "context, attribute, patient"),
                new Sorted("dependent", "dependent", "target, resource"),
                new Sorted("consent", "consent", "patient, resource"),
                new Sorted(
                        "awaited",
                        "awaited where number in (select target from link union select target from dependent)",
                        "number desc"));
    }
}
