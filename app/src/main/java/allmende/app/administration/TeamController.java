package allmende.app.administration;

import allmende.app.identity.Account;
import allmende.app.identity.Accounts;
import allmende.app.identity.Teams;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** One's own team. */
@Controller
@RequestMapping("/team")
class TeamController {

    private static final String BACK = "redirect:/team";

    private final Accounts accounts;
    private final Teams teams;

    TeamController(Accounts accounts, Teams teams) {
        this.accounts = accounts;
        this.teams = teams;
    }

    @GetMapping
    String page(Model model) {
        Account account = accounts.current();
        Long team = account.team();
        model.addAttribute("account", account);
        model.addAttribute("team", team == null ? null : teams.find(team).orElse(null));
        model.addAttribute("members", team == null ? List.of() : accounts.ofTeam(team));
        model.addAttribute("invited", team == null ? List.of() : teams.invited(team));
        model.addAttribute("invitations", teams.invitations(account));
        return "people/team";
    }

    @PostMapping("/create")
    String create(@RequestParam String name, RedirectAttributes flash) {
        String text = Texts.line(name);
        if (text.isEmpty()) {
            return Texts.failed(flash, "team.fault.name", BACK);
        }
        teams.create(accounts.current(), text);
        return Texts.done(flash, "team.created", BACK);
    }

    @PostMapping("/invite")
    String invite(@RequestParam String name, RedirectAttributes flash) {
        teams.invite(accounts.current(), Texts.line(name));
        return Texts.done(flash, "team.invite.sent", BACK);
    }

    @PostMapping("/join")
    String join(@RequestParam long team, RedirectAttributes flash) {
        teams.join(accounts.current(), team);
        return Texts.done(flash, "team.joined", BACK);
    }

    @PostMapping("/decline")
    String decline(@RequestParam long team, RedirectAttributes flash) {
        teams.decline(accounts.current(), team);
        return Texts.done(flash, "team.declined", BACK);
    }

    @PostMapping("/leave")
    String leave(RedirectAttributes flash) {
        teams.leave(accounts.current());
        return Texts.done(flash, "team.left", BACK);
    }
}
