package allmende.core.consent;

/** By whose rules a job evaluates consent. */
public enum Rules {
    /** Our own: by the order in which the patient declared, open ends and partial dates included. */
    ALLMENDE,
    /** Those of the extractor that sites use today, point by point, so that results can be compared. */
    REFERENCE,
    /** None: the job does not rest on consent. */
    NONE
}
