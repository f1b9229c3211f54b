package allmende.app.projects;

import java.time.Instant;

/** A step of a project: into which state, by whom, when, and what was said about it. */
record Step(ProjectState state, String by, Instant at, String note) {}
