package allmende.core.document;

/** The forms in which a document can be handed on. */
public enum Format {
    /** As it is. */
    AS_IS,
    /** CCDL 2.0.0, or the newest CRTDL around it. */
    CCDL_2,
    /** CCDL 1.0.0, which knows its own members only; the form that the present national portal checks against. */
    CCDL_1_STRICT
}
