package allmende.app.selection;

import allmende.app.identity.Account;
import allmende.app.identity.Accounts;
import allmende.app.portal.Change;
import allmende.app.portal.Question;
import allmende.app.portal.Questions;
import allmende.app.portal.Viewer;
import allmende.core.document.DataDocument;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The documents of the questions of whoever is logged in. */
final class SelectionDesk {

    private final Questions questions;
    private final Accounts accounts;

    SelectionDesk(Questions questions, Accounts accounts) {
        this.questions = questions;
        this.accounts = accounts;
    }

    /** Who makes the present request. */
    Account account() {
        return accounts.current();
    }

    /** Who makes the present request, as questions know people. */
    Viewer viewer() {
        Account account = account();
        return new Viewer(account.id(), account.team());
    }

    Questions questions() {
        return questions;
    }

    Optional<Question> find(long id) {
        return questions.find(viewer(), id);
    }

    /** Keeps what the edit makes of the document; an edit that changes nothing is not kept. */
    Change edit(long id, long revision, UnaryOperator<DataDocument> edit) {
        Viewer viewer = viewer();
        Optional<Question> found = questions.find(viewer, id);
        if (found.isEmpty()) {
            return new Change.Missing();
        }
        Question question = found.get();
        if (question.revision() != revision) {
            return new Change.Stale(question);
        }
        DataDocument before = document(question);
        DataDocument after = edit.apply(before);
        return after == before ? new Change.Nothing(question) : questions.edit(viewer, id, revision, text(after));
    }

    /** The question's document. What is kept was readable when it was kept. */
    static DataDocument document(Question question) {
        return switch (DataDocument.read(question.bytes())) {
            case DataDocument.Read.Readable(DataDocument document, var _) -> document;
            case DataDocument.Read.Unreadable unreadable ->
                throw new IllegalStateException("question " + question.id() + " holds no data selection: "
                        + unreadable.problem().message());
        };
    }

    static String text(DataDocument document) {
        return new String(document.write(), StandardCharsets.UTF_8);
    }
}
