package allmende.app.administration;

import allmende.app.identity.Account;
import allmende.app.identity.AccountDesk;
import allmende.app.identity.Accounts;
import allmende.app.identity.NewAccount;
import allmende.app.identity.QuotaDesk;
import allmende.app.identity.Role;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The administrator's accounts: who there is, with which roles; locks, waits and quotas. */
@Controller
@RequestMapping("/admin")
class AdminController {

    private static final String LIST = "redirect:/admin";

    private final Accounts accounts;
    private final AccountDesk desk;
    private final ObjectProvider<QuotaDesk> quotas;

    AdminController(Accounts accounts, AccountDesk desk, ObjectProvider<QuotaDesk> quotas) {
        this.accounts = accounts;
        this.desk = desk;
        this.quotas = quotas;
    }

    @GetMapping
    String list(Model model) {
        model.addAttribute("accounts", accounts.all());
        model.addAttribute("quotas", quotas());
        model.addAttribute("roles", Role.atPortal());
        return "people/accounts";
    }

    /** The list stands on the page above; whoever cuts the address of an account short gets there. */
    @GetMapping("/accounts")
    String above() {
        return LIST;
    }

    @GetMapping("/accounts/{id}")
    String one(@PathVariable long id, Model model) {
        Account account = known(id);
        Optional<Instant> wait = desk.waitsUntil(account.name());
        model.addAttribute("account", account);
        model.addAttribute("waitsUntil", wait.orElse(null));
        model.addAttribute("quota", quotas().get(id));
        model.addAttribute("roles", Role.atPortal());
        return "people/account-admin";
    }

    @PostMapping("/accounts")
    String create(
            @RequestParam String name,
            @RequestParam String displayName,
            @RequestParam String email,
            @RequestParam(required = false) @Nullable Set<Role> roles,
            RedirectAttributes flash) {
        NewAccount person = new NewAccount(
                Texts.line(name), Texts.line(displayName), Texts.line(email), "", roles == null ? Set.of() : roles);
        Optional<String> password = desk.create(person, accounts.current().name());
        if (password.isEmpty()) {
            return Texts.failed(flash, "admin.fault.name", LIST);
        }
        return told(flash, person.name(), password.get(), LIST);
    }

    @PostMapping("/accounts/{id}/roles")
    String roles(
            @PathVariable long id,
            @RequestParam(required = false) @Nullable Set<Role> roles,
            RedirectAttributes flash) {
        boolean done = desk.setRoles(
                known(id).id(),
                roles == null ? Set.of() : roles,
                accounts.current().name());
        return after(done, "admin.roles.saved", id, flash);
    }

    @PostMapping("/accounts/{id}/lock")
    String lock(@PathVariable long id, RedirectAttributes flash) {
        return after(desk.lock(known(id).id(), accounts.current().name()), "admin.locked", id, flash);
    }

    @PostMapping("/accounts/{id}/unlock")
    String unlock(@PathVariable long id, RedirectAttributes flash) {
        desk.unlock(known(id).id(), accounts.current().name());
        return after(true, "admin.unlocked", id, flash);
    }

    @PostMapping("/accounts/{id}/end-wait")
    String endWait(@PathVariable long id, RedirectAttributes flash) {
        desk.endWait(known(id).name(), accounts.current().name());
        return after(true, "admin.wait.ended", id, flash);
    }

    @PostMapping("/accounts/{id}/password")
    String password(@PathVariable long id, RedirectAttributes flash) {
        Account account = known(id);
        String password = desk.resetPassword(id, accounts.current().name());
        return told(flash, account.name(), password, "redirect:/admin/accounts/" + id);
    }

    @PostMapping("/accounts/{id}/quota")
    String quota(@PathVariable long id, RedirectAttributes flash) {
        quotas.ifAvailable(
                quota -> quota.reset(known(id).id(), accounts.current().name()));
        return after(true, "admin.quota.reset", id, flash);
    }

    private Map<Long, QuotaDesk.Quota> quotas() {
        Map<Long, QuotaDesk.Quota> byAccount = new HashMap<>();
        QuotaDesk present = quotas.getIfAvailable();
        List<QuotaDesk.Quota> all = present == null ? List.of() : present.quotas();
        all.forEach(quota -> byAccount.put(quota.account(), quota));
        return byAccount;
    }

    private Account known(long id) {
        return accounts.find(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }

    private static String told(RedirectAttributes flash, String name, String password, String redirect) {
        flash.addFlashAttribute("freshName", name);
        flash.addFlashAttribute("freshPassword", password);
        return redirect;
    }

    private static String after(boolean done, String message, long id, RedirectAttributes flash) {
        String back = "redirect:/admin/accounts/" + id;
        return done ? Texts.done(flash, message, back) : Texts.failed(flash, "admin.fault.last", back);
    }
}
