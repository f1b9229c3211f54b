package allmende.app.administration;

import allmende.app.identity.Account;
import allmende.app.identity.AccountDesk;
import allmende.app.identity.Accounts;
import allmende.app.identity.Affiliation;
import allmende.app.identity.Affiliations;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The coordination office: who works where they say. */
@Controller
@RequestMapping("/coordination")
class CoordinationController {

    private static final String BACK = "redirect:/coordination";

    private final Accounts accounts;
    private final AccountDesk desk;
    private final Affiliations affiliations;

    CoordinationController(Accounts accounts, AccountDesk desk, Affiliations affiliations) {
        this.accounts = accounts;
        this.desk = desk;
        this.affiliations = affiliations;
    }

    @GetMapping
    String page(Model model) {
        model.addAttribute("waiting", affiliations.in(Affiliation.State.OPEN));
        model.addAttribute("confirmed", affiliations.in(Affiliation.State.CONFIRMED));
        model.addAttribute("refused", affiliations.in(Affiliation.State.REFUSED));
        return "people/coordination";
    }

    /** {@code institution} is what the office saw: what the person has changed meanwhile is not confirmed. */
    @PostMapping("/{id}/confirm")
    String confirm(@PathVariable long id, @RequestParam String institution, RedirectAttributes flash) {
        Account office = accounts.current();
        if (office.id() == id) {
            return Texts.failed(flash, "coordination.fault.own", BACK);
        }
        if (affiliations
                .of(id)
                .filter(known -> known.institution().equals(institution))
                .isEmpty()) {
            return Texts.failed(flash, "coordination.fault.changed", BACK);
        }
        desk.confirm(id, office.name());
        return Texts.done(flash, "coordination.confirmed.done", BACK);
    }

    @PostMapping("/{id}/refuse")
    String refuse(@PathVariable long id, @RequestParam String reason, RedirectAttributes flash) {
        String text = Texts.reason(reason);
        if (text.isEmpty()) {
            return Texts.failed(flash, "coordination.fault.reason", BACK);
        }
        desk.refuse(id, text, accounts.current().name());
        return Texts.done(flash, "coordination.refused.done", BACK);
    }
}
