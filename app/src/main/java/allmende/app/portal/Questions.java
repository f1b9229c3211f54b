package allmende.app.portal;

import allmende.engine.store.SideTables;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Saved questions. Who may do what is decided here: the owner everything, the team of a shared question all but sharing
 * and deleting it. Every change names the revision that its author saw, so that nobody overwrites another's work unseen.
 */
public final class Questions {

    /** Steps of the undo log that are kept. */
    static final int STEPS_MAX = 200;

    private final QuestionRows rows;
    private final PortalDatabase database;
    private final InstantSource clock;

    /**
     * Over these tables.
     *
     * @param tables the portal's, of the schema {@code portal}
     * @param clock gives the times of changes
     */
    public Questions(SideTables tables, InstantSource clock) {
        this(PortalDatabase.over(tables), clock);
    }

    Questions(PortalDatabase database, InstantSource clock) {
        this.rows = new QuestionRows(database.jdbc());
        this.database = database;
        this.clock = clock;
    }

    /**
     * Makes a question.
     *
     * @param document CRTDL as JSON text
     */
    public Question create(Viewer viewer, String name, String document) {
        return database.inTransaction(() -> rows.insert(viewer, name, document, clock.instant()));
    }

    /** The viewer's questions and those that the team shares, the newest change first. */
    public List<QuestionEntry> list(Viewer viewer) {
        return rows.list(viewer);
    }

    /** The question, if the viewer may see it. */
    public Optional<Question> find(Viewer viewer, long id) {
        return Optional.ofNullable(rows.find(viewer, id, false));
    }

    /** Makes this the current document; what it was before can be had back by {@link #undo}. */
    public Change edit(Viewer viewer, long id, long revision, String document) {
        return change(viewer, id, revision, question -> {
            rows.addStep(question, document, viewer.account(), clock.instant());
            return true;
        });
    }

    /** Takes the last edit back. */
    public Change undo(Viewer viewer, long id, long revision) {
        return change(viewer, id, revision, question -> question.undoable() && rows.moveStep(question, -1));
    }

    /** Does the edit again that was taken back last. */
    public Change redo(Viewer viewer, long id, long revision) {
        return change(viewer, id, revision, question -> question.redoable() && rows.moveStep(question, 1));
    }

    /** Gives it a name and notes. */
    public Change describe(Viewer viewer, long id, long revision, Description description) {
        return change(viewer, id, revision, question -> {
            rows.describe(question.id(), description.name(), description.notes());
            return true;
        });
    }

    /**
     * What people call a question.
     *
     * @param notes may be empty
     */
    public record Description(String name, String notes) {}

    /** Shows it to the owner's team, or to the owner alone. Only the owner may; nothing happens without a team. */
    public Change share(Viewer viewer, long id, long revision, boolean shared) {
        return change(
                viewer,
                id,
                revision,
                question -> question.ownedBy(viewer) && viewer.team() != null && rows.share(viewer, id, shared));
    }

    /** Keeps the current document as a version under this name. */
    public Change keep(Viewer viewer, long id, long revision, String name) {
        return change(viewer, id, revision, question -> {
            rows.insertVersion(question, name, viewer.account(), clock.instant());
            return true;
        });
    }

    /** The kept versions, the newest first; none where the viewer may not see the question. */
    public List<QuestionVersion> versions(Viewer viewer, long id) {
        return rows.find(viewer, id, false) == null ? List.of() : rows.versions(id);
    }

    /** One kept version. */
    public Optional<QuestionVersion> version(Viewer viewer, long id, int number) {
        return versions(viewer, id).stream()
                .filter(version -> version.number() == number)
                .findFirst();
    }

    /** Makes a kept version the current document, as an edit that can be undone. */
    public Change restore(Viewer viewer, long id, long revision, int number) {
        return change(viewer, id, revision, question -> {
            Optional<QuestionVersion> version = rows.versions(id).stream()
                    .filter(each -> each.number() == number)
                    .findFirst();
            version.ifPresent(kept -> rows.addStep(question, kept.document(), viewer.account(), clock.instant()));
            return version.isPresent();
        });
    }

    /** Deletes it with its versions. Only the owner may; false where there is nothing to delete. */
    public boolean delete(Viewer viewer, long id) {
        return rows.delete(viewer, id);
    }

    private Change change(Viewer viewer, long id, long revision, Function<Question, Boolean> work) {
        return database.inTransaction(() -> {
            Question question = rows.find(viewer, id, true);
            if (question == null) {
                return new Change.Missing();
            }
            if (question.revision() != revision) {
                return new Change.Stale(question);
            }
            if (!work.apply(question)) {
                return new Change.Nothing(question);
            }
            rows.touch(id, clock.instant());
            return done(rows.find(viewer, id, false));
        });
    }

    private static Change done(@Nullable Question question) {
        return question == null ? new Change.Missing() : new Change.Done(question);
    }
}
