package allmende.app.selection;

import allmende.app.identity.Account;
import allmende.app.portal.Ask;
import allmende.app.portal.Asked;
import allmende.app.portal.Asking;
import allmende.app.portal.Question;
import allmende.core.document.DataDocument;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/** Asking for programs: the very same as on the pages, with its outcome as a status. */
final class ApiAsking {

    private final SelectionDesk desk;
    private final Asking asking;

    ApiAsking(SelectionDesk desk, Asking asking) {
        this.desk = desk;
        this.asking = asking;
    }

    Asking asking() {
        return asking;
    }

    /**
     * Asks all sites.
     *
     * @param address of the result of an ask
     */
    ResponseEntity<byte[]> ask(Question question, Function<Ask, String> address) {
        Account account = desk.account();
        DataDocument document = SelectionDesk.document(question);
        String cohort = new String(document.cohort().write(), StandardCharsets.UTF_8);
        Asked asked = asking.ask(account, new Asking.Wish(question.id(), question.revision(), question.name(), cohort));
        return switch (asked) {
            case Asked.Sent(Ask ask) -> Reply.created(address.apply(ask));
            case Asked.Missing missing -> Reply.missing();
            case Asked.Stale stale -> Reply.stale();
            case Asked.Unconfirmed unconfirmed -> Reply.problem(HttpStatus.FORBIDDEN, Told.UNCONFIRMED);
            case Asked.Slower(var wait) -> Reply.later(wait, Told.SLOWER);
            case Asked.Locked locked -> Reply.problem(HttpStatus.FORBIDDEN, Told.USED_UP);
            case Asked.NobodyThere nobody -> Reply.problem(HttpStatus.SERVICE_UNAVAILABLE, Told.NOBODY_THERE);
            case Asked.Unfit unfit -> Reply.problem(HttpStatus.BAD_REQUEST, Told.UNFIT);
        };
    }
}
