package allmende.app.projects;

import allmende.app.identity.Callers;
import allmende.app.identity.SiteRights;
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

/** The register of what went where, and what recipients have to delete. */
@Controller
@RequestMapping("/projects")
class RegisterPages {

    private static final int ENTRIES_MAX = 200;
    private static final int REMARK_MAX = 400;

    private final DeliveryTables deliveries;
    private final Dispatch dispatch;

    RegisterPages(DeliveryTables deliveries, Dispatch dispatch) {
        this.deliveries = deliveries;
        this.dispatch = dispatch;
    }

    @GetMapping("/register")
    String register(@RequestParam(defaultValue = "") String text, Model model) {
        String wanted = text.strip();
        model.addAttribute("text", wanted);
        model.addAttribute("sums", deliveries.sums());
        if (!wanted.isEmpty()) {
            if (!Callers.current().has(SiteRights.PROJECT_BUILDS)) {
                throw new ResponseStatusException(HttpStatus.FORBIDDEN);
            }
            model.addAttribute("entries", deliveries.register(wanted, ENTRIES_MAX));
        }
        model.addAttribute("maySearch", Callers.current().has(SiteRights.PROJECT_BUILDS));
        return "projects/register";
    }

    @GetMapping("/deletions")
    String deletions(Model model) {
        model.addAttribute("tasks", deliveries.tasks());
        model.addAttribute("open", deliveries.openTasks());
        model.addAttribute("mayConfirm", Right.toDecide(Callers.current()).isEmpty());
        return "projects/deletions";
    }

    @PostMapping("/deletions/{id}")
    String confirm(@PathVariable String id, @RequestParam(defaultValue = "") String remark, RedirectAttributes flash) {
        switch (dispatch.confirm(id, tidy(remark), Callers.current())) {
            case Outcome.Done done -> flash.addFlashAttribute("done", "projects.done.confirmed");
            case Outcome.Refused refused -> flash.addFlashAttribute("fault", "projects.fault." + refused.code());
        }
        return "redirect:/projects/deletions";
    }

    /** One line. */
    static String tidy(String text) {
        String line = text.replaceAll("\\p{Cntrl}", " ").strip();
        return line.length() <= REMARK_MAX ? line : line.substring(0, REMARK_MAX);
    }
}
