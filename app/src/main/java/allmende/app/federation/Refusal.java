package allmende.app.federation;

/** Why a site does not do a task although it could; part of the answer. */
public enum Refusal {
    /** The site pauses: all tasks are refused until somebody resumes. */
    PAUSED,
    /** The site's policy does not let this kind of task, this asker or this role through. */
    POLICY,
    /** A person at the site said no. */
    DECLINED,
    /** More tasks than the site lets through in this time; recovers by itself. */
    RATE
}
