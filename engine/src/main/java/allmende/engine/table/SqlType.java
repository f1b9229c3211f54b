package allmende.engine.table;

import allmende.core.view.Column;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The type of a column in a file that has types, and how values become it. A view may declare it by the tag
 * {@code ansi/type} (SQL on FHIR v2); otherwise it follows from the FHIR type. Dates and times stay texts unless the view
 * declares otherwise, since FHIR allows a year or a month alone; an {@code instant} is always complete.
 */
enum SqlType {
    VARCHAR("VARCHAR"),
    BOOLEAN("BOOLEAN"),
    INTEGER("INTEGER"),
    BIGINT("BIGINT"),
    DOUBLE("DOUBLE"),
    DATE("DATE"),
    TIME("TIME"),
    TIMESTAMP("TIMESTAMP"),
    TIMESTAMP_WITH_ZONE("TIMESTAMP WITH TIME ZONE");

    private static final Pattern OFFSET = Pattern.compile("(Z|[+-]\\d\\d:\\d\\d)$");

    private final String sql;

    SqlType(String sql) {
        this.sql = sql;
    }

    /** As SQL has it. */
    String sql() {
        return sql;
    }

    /**
     * The type of a column.
     *
     * @throws CellFault if the view declares one that is not known
     */
    static SqlType of(Column column) {
        if (column.sqlType().isEmpty()) {
            return switch (column.type()) {
                case "boolean" -> BOOLEAN;
                case "integer", "positiveInt", "unsignedInt" -> INTEGER;
                case "integer64" -> BIGINT;
                case "decimal" -> DOUBLE;
                case "instant" -> TIMESTAMP_WITH_ZONE;
                default -> VARCHAR;
            };
        }
        return switch (column.sqlType()
                .toUpperCase(Locale.ROOT)
                .replaceAll("\\s*\\(.*\\)", "")
                .strip()) {
            case "CHARACTER VARYING", "VARCHAR", "CHARACTER", "CHAR", "TEXT" -> VARCHAR;
            case "BOOLEAN" -> BOOLEAN;
            case "INTEGER", "INT", "SMALLINT" -> INTEGER;
            case "BIGINT" -> BIGINT;
            case "DOUBLE PRECISION", "DOUBLE", "REAL", "FLOAT", "DECIMAL", "NUMERIC" -> DOUBLE;
            case "DATE" -> DATE;
            case "TIME" -> TIME;
            case "TIMESTAMP", "TIMESTAMP WITHOUT TIME ZONE" -> TIMESTAMP;
            case "TIMESTAMP WITH TIME ZONE" -> TIMESTAMP_WITH_ZONE;
            default -> throw new CellFault(column.name(), "the type " + column.sqlType() + " is not known");
        };
    }

    /**
     * A value as this type.
     *
     * @throws CellFault if it can't be one
     */
    Object convert(Object value, Column column) {
        try {
            return converted(value);
        } catch (DateTimeException | ArithmeticException | NumberFormatException | ClassCastException unfit) {
            throw new CellFault(
                    column.name(),
                    "a value is no " + sql.toLowerCase(Locale.ROOT)
                            + ". Declare another type, or, for a date that may lack its day, take its lowBoundary()");
        }
    }

    private Object converted(Object value) {
        return switch (this) {
            case VARCHAR -> text(value);
            case BOOLEAN -> (Boolean) value;
            case INTEGER -> number(value).intValueExact();
            case BIGINT -> number(value).longValueExact();
            case DOUBLE -> number(value).doubleValue();
            case DATE -> LocalDate.parse(text(value));
            case TIME -> LocalTime.parse(text(value));
            case TIMESTAMP -> LocalDateTime.parse(withoutOffset(text(value)));
            case TIMESTAMP_WITH_ZONE -> OffsetDateTime.parse(text(value)).truncatedTo(ChronoUnit.MICROS);
        };
    }

    private static String text(Object value) {
        return value instanceof BigDecimal number ? number.toPlainString() : value.toString();
    }

    private static BigDecimal number(Object value) {
        return value instanceof BigDecimal number ? number : new BigDecimal(value.toString());
    }

    private static String withoutOffset(String text) {
        return OFFSET.matcher(text).replaceFirst("");
    }
}
