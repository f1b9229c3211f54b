package allmende.synth;

/** How a synthetic hospital lies on disk. */
public enum Format {
    /** One transaction bundle of PUT entries per patient, in folders of 1,000, and one for the organisation. */
    BUNDLES,
    /** One file per resource type, one resource per line. */
    NDJSON
}
