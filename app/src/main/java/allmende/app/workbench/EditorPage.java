package allmende.app.workbench;

import allmende.app.identity.Account;
import allmende.app.portal.Asking;
import allmende.app.portal.Question;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.ui.Model;

/** Fills the model of the editor's page or fragment. */
final class EditorPage {

    private final Desk desk;
    private final EditorViews views;
    private final AskViews asks;
    private final Asking asking;

    EditorPage(Desk desk, EditorViews views, AskViews asks, Asking asking) {
        this.desk = desk;
        this.views = views;
        this.asks = asks;
        this.asking = asking;
    }

    /**
     * Draws the question as it is now.
     *
     * @param focus id of the element that shall have the focus; null for none
     */
    EditorView fill(Model model, Question question, Locale locale, @Nullable String focus) {
        Words words = desk.words(locale);
        Sheet sheet = desk.sheet(question, locale);
        EditorView view = views.draw(sheet, words, focus);
        Account account = desk.account();
        model.addAttribute("view", view);
        model.addAttribute("ask", asks.panel(account, view, words));
        model.addAttribute("history", asks.history(asking.history(desk.viewer(), question.id()), words));
        return view;
    }
}
