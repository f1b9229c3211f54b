package allmende.core.cohort;

/** What queries may ask beyond CCDL. A site says which of these it understands. */
public enum Feature {
    /** {@link CriterionExtension#atLeast}. */
    AT_LEAST,
    /** {@link CriterionExtension#position}. */
    POSITION,
    /** {@link CriterionExtension#within}. */
    WITHIN
}
