package allmende.engine.delivery;

import allmende.core.delivery.TableColumn;

/**
 * The types of columns in files that have types. Dates and times stay texts: FHIR allows a year or a month alone, and
 * de-identification makes such of complete ones.
 */
enum CellType {
    TEXT("VARCHAR", "string"),
    TRUTH("BOOLEAN", "boolean"),
    WHOLE("BIGINT", "integer"),
    NUMBER("DOUBLE", "number"),
    LIST("VARCHAR[]", "array");

    private final String sql;
    private final String frictionless;

    CellType(String sql, String frictionless) {
        this.sql = sql;
        this.frictionless = frictionless;
    }

    /** The type that follows from the column's FHIR type. */
    static CellType of(TableColumn column) {
        if (column.list()) {
            return LIST;
        }
        return switch (column.type()) {
            case "boolean" -> TRUTH;
            case "integer", "positiveInt", "unsignedInt", "integer64" -> WHOLE;
            case "decimal" -> NUMBER;
            default -> TEXT;
        };
    }

    /** In Parquet. */
    String sql() {
        return sql;
    }

    /** In a Frictionless Table Schema. */
    String frictionless() {
        return frictionless;
    }
}
