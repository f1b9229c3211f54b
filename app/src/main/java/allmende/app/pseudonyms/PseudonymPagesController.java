package allmende.app.pseudonyms;

import allmende.app.audit.AuditEvent;
import allmende.app.audit.AuditTrail;
import allmende.app.identity.Callers;
import allmende.app.identity.SiteRights;
import allmende.core.deident.pseudonym.Alphabet;
import allmende.core.deident.pseudonym.CheckMethod;
import java.security.Principal;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The page of pseudonym domains: which there are, how full they are, and a form for another. */
@Controller
@RequestMapping("/pseudonyms")
class PseudonymPagesController {

    private final PseudonymPages pages;

    PseudonymPagesController(PseudonymPages pages) {
        this.pages = pages;
    }

    /** What the pages stand on. */
    record PseudonymPages(PseudonymService service, AuditTrail trail, SecureRandom random) {}

    @GetMapping
    String page(Model model, Locale locale) {
        return shown(DomainForm.usual(), model, locale);
    }

    private String shown(DomainForm form, Model model, Locale locale) {
        List<PseudonymDomain> domains = pages.service().domains();
        model.addAttribute("rows", DomainRow.tree(domains, pages.random(), locale));
        model.addAttribute("keeper", Callers.current().has(SiteRights.PSEUDONYMS));
        model.addAttribute("form", form);
        model.addAttribute("alphabets", Alphabet.Named.values());
        model.addAttribute("methods", CheckMethod.values());
        return "pseudonyms/domains";
    }

    @PostMapping("/domains")
    String add(@ModelAttribute DomainForm form, Principal by, Model model, Locale locale, RedirectAttributes flash) {
        String fault =
                switch (form.read()) {
                    case DomainForm.Read.Faulty(String message) -> message;
                    case DomainForm.Read.Wanted(NewDomain wanted) -> added(wanted, by.getName());
                };
        if (fault.isEmpty()) {
            flash.addFlashAttribute("done", "pseudonyms.added");
            return "redirect:/pseudonyms";
        }
        model.addAttribute("fault", fault);
        return shown(form, model, locale);
    }

    /** The key of what went wrong; empty where nothing did. */
    private String added(NewDomain wanted, String by) {
        return switch (pages.service().add(wanted, by)) {
            case Result.Done<PseudonymDomain>(PseudonymDomain domain) -> {
                pages.trail().record(AuditEvent.of(by, "pseudonyms.domain-made", "pseudonym-domain:" + domain.name()));
                yield "";
            }
            case Result.Refused<PseudonymDomain>(Result.Refusal refusal) -> "pseudonyms.refused." + refusal.name();
        };
    }

    /** Who types the address of a form's answer is led to the page. */
    @GetMapping("/domains")
    String back() {
        return "redirect:/pseudonyms";
    }

    @GetMapping("/{other}")
    String nothing() {
        throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
}
