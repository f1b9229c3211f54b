package allmende.app.administration;

import allmende.app.identity.Account;
import allmende.app.identity.AccountDesk;
import allmende.app.identity.Accounts;
import allmende.app.identity.Affiliations;
import allmende.app.identity.OidcProvider;
import allmende.app.identity.PasswordRules;
import allmende.app.identity.Sessions;
import jakarta.servlet.http.HttpSession;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** One's own account: where one works, password, sessions. */
@Controller
@RequestMapping("/account")
class AccountController {

    private static final String BACK = "redirect:/account";

    private final Accounts accounts;
    private final AccountDesk desk;
    private final Affiliations affiliations;
    private final Sessions sessions;
    private final @Nullable OidcProvider provider;

    AccountController(
            Accounts accounts,
            AccountDesk desk,
            Affiliations affiliations,
            Sessions sessions,
            ObjectProvider<OidcProvider> provider) {
        this.accounts = accounts;
        this.desk = desk;
        this.affiliations = affiliations;
        this.sessions = sessions;
        this.provider = provider.getIfAvailable();
    }

    @GetMapping
    String page(Model model, HttpSession session) {
        Account account = accounts.current();
        model.addAttribute("account", account);
        model.addAttribute("affiliation", affiliations.of(account.id()).orElseThrow());
        model.addAttribute("sessions", sessions.of(account.name()));
        model.addAttribute("present", Sessions.handle(session.getId()));
        model.addAttribute("hasPassword", desk.hasPassword(account.id()));
        model.addAttribute("provider", provider == null ? "" : provider.label());
        model.addAttribute("passwordMin", PasswordRules.MIN_CHARACTERS);
        return "people/account";
    }

    @PostMapping("/affiliation")
    String affiliation(@RequestParam String institution, RedirectAttributes flash) {
        String text = Texts.line(institution);
        if (text.isEmpty()) {
            return Texts.failed(flash, "register.fault.affiliation", BACK);
        }
        desk.setAffiliation(accounts.current().id(), text);
        return Texts.done(flash, "account.affiliation.saved", BACK);
    }

    @PostMapping("/password")
    String password(
            @RequestParam String old,
            @RequestParam String fresh,
            @RequestParam String repeated,
            HttpSession session,
            RedirectAttributes flash) {
        if (!fresh.equals(repeated)) {
            return Texts.failed(flash, "password.fault.repeated", BACK);
        }
        Optional<String> fault = desk.changePassword(accounts.current(), old, fresh, session.getId());
        return fault.isPresent()
                ? Texts.failed(flash, fault.get(), BACK)
                : Texts.done(flash, "account.password.saved", BACK);
    }

    @PostMapping("/sessions/end")
    String endSession(@RequestParam String handle, RedirectAttributes flash) {
        sessions.end(accounts.current().name(), handle);
        return Texts.done(flash, "account.session.ended", BACK);
    }
}
