package allmende.engine.delivery;

/** The forms in which a delivery holds its data; several may be chosen. */
public enum DeliveryFormat {
    /** Resources, a file per type with one resource per line. */
    NDJSON,
    /** Transaction bundles, one per patient, for FHIR servers. */
    BUNDLES,
    /** Tables as comma-separated values. */
    CSV,
    /** Tables as Apache Parquet, with types. */
    PARQUET
}
