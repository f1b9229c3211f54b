package allmende.app.workbench;

import allmende.app.concepts.ConceptSearch;
import allmende.app.identity.Account;
import allmende.app.identity.Accounts;
import allmende.app.portal.Asking;
import allmende.app.portal.Change;
import allmende.app.portal.Question;
import allmende.app.portal.Questions;
import allmende.app.portal.Viewer;
import allmende.core.cohort.Catalogue;
import allmende.core.document.CohortDocument;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/** What the pages share: who is here, which question lies on the table, and in which words things are said. */
final class Desk {

    private final Accounts accounts;
    private final Questions questions;
    private final ConceptSearch concepts;
    private final Catalogue catalogue;
    private final MessageSource messages;

    Desk(Accounts accounts, Questions questions, ConceptSearch concepts, Catalogue catalogue, MessageSource messages) {
        this.accounts = accounts;
        this.questions = questions;
        this.concepts = concepts;
        this.catalogue = catalogue;
        this.messages = messages;
    }

    Account account() {
        return accounts.current();
    }

    /** What people call the account with this number. */
    String name(long account) {
        return accounts.find(account).map(Account::displayName).orElse("?");
    }

    Viewer viewer() {
        Account account = account();
        return new Viewer(account.id(), account.team());
    }

    Questions questions() {
        return questions;
    }

    Catalogue catalogue() {
        return catalogue;
    }

    ConceptSearch concepts() {
        return concepts;
    }

    Words words(Locale locale) {
        return new Words(messages, locale);
    }

    /** The question; the page "not found" where the viewer may not see it. */
    Question question(long id) {
        return questions.find(viewer(), id).orElseThrow(Desk::missing);
    }

    static ResponseStatusException missing() {
        return new ResponseStatusException(HttpStatus.NOT_FOUND);
    }

    Sheet sheet(Question question, Locale locale) {
        return sheet(question, Documents.cohort(question.document()), locale);
    }

    Sheet sheet(Question question, CohortDocument cohort, Locale locale) {
        return Sheet.of(question, catalogue, Displays.of(cohort, concepts, locale), cohort);
    }

    /** Edits the cohort of the question that its author saw; an edit that changes nothing is none. */
    Change edit(long id, long revision, UnaryOperator<CohortDocument> edit) {
        Question question = question(id);
        if (question.revision() != revision) {
            return new Change.Stale(question);
        }
        String document = Documents.edited(question, edit);
        return document.equals(question.document())
                ? new Change.Nothing(question)
                : questions.edit(viewer(), id, revision, document);
    }

    /** The wish to ask what the question asks now. */
    static Asking.Wish wish(Question question, String version) {
        return new Asking.Wish(question.id(), question.revision(), version, Documents.cohortText(question.document()));
    }
}
