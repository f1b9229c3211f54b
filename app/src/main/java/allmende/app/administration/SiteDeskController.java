package allmende.app.administration;

import allmende.app.audit.AuditEvent;
import allmende.app.audit.AuditLog;
import allmende.app.federation.Decided;
import allmende.app.federation.Outpost;
import java.security.Principal;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** A site's staff: connection, pause, waiting tasks, privacy ledger. */
@Controller
@RequestMapping("/site")
class SiteDeskController {

    private static final String BACK = "redirect:/site";
    private static final int LAST_QUESTIONS = 15;
    private static final int LEDGER_MAX = 100;

    private final ObjectProvider<Outpost> outpost;
    private final ObjectProvider<SiteLedger> ledger;
    private final AuditLog audit;

    SiteDeskController(ObjectProvider<Outpost> outpost, ObjectProvider<SiteLedger> ledger, AuditLog audit) {
        this.outpost = outpost;
        this.ledger = ledger;
        this.audit = audit;
    }

    @GetMapping
    String page(Model model) {
        Outpost present = outpost.getIfAvailable();
        model.addAttribute("connected", present != null);
        if (present != null) {
            model.addAttribute("id", present.id().value());
            model.addAttribute("fingerprint", present.fingerprint());
            model.addAttribute("status", present.status());
            model.addAttribute("waiting", present.waiting());
        }
        ledger.ifAvailable(kept -> {
            model.addAttribute("rules", kept.rules());
            model.addAttribute("policy", kept.policy());
            model.addAttribute(
                    "ledger", kept.entries().stream().limit(LEDGER_MAX).toList());
        });
        model.addAttribute("last", audit.entries("question.", Long.MAX_VALUE, LAST_QUESTIONS));
        return "people/site";
    }

    @PostMapping("/pause")
    String pause(Principal by, RedirectAttributes flash) {
        outpost.getObject().pause(by.getName());
        note(by, "site.paused", "site");
        return Texts.done(flash, "site.paused.done", BACK);
    }

    @PostMapping("/resume")
    String resume(Principal by, RedirectAttributes flash) {
        outpost.getObject().resume(by.getName());
        note(by, "site.resumed", "site");
        return Texts.done(flash, "site.resumed.done", BACK);
    }

    @PostMapping("/portal")
    String confirmPortal(@RequestParam String fingerprint, Principal by, RedirectAttributes flash) {
        Decided decided = outpost.getObject().confirmPortal(fingerprint.strip(), by.getName());
        if (decided != Decided.DONE) {
            return Texts.failed(flash, "site.fault.fingerprint", BACK);
        }
        note(by, "portal.confirmed", "portal:" + fingerprint.strip());
        return Texts.done(flash, "site.portal.confirmed", BACK);
    }

    @PostMapping("/tasks/{id}/approve")
    String approve(@PathVariable String id, Principal by, RedirectAttributes flash) {
        if (outpost.getObject().approve(id, by.getName()) != Decided.DONE) {
            return Texts.failed(flash, "site.fault.task", BACK);
        }
        note(by, "task.approved", "task:" + id);
        return Texts.done(flash, "site.task.approved", BACK);
    }

    @PostMapping("/tasks/{id}/decline")
    String decline(
            @PathVariable String id,
            @RequestParam(defaultValue = "") String reason,
            Principal by,
            RedirectAttributes flash) {
        if (outpost.getObject().decline(id, by.getName(), Texts.reason(reason)) != Decided.DONE) {
            return Texts.failed(flash, "site.fault.task", BACK);
        }
        audit.record(new AuditEvent(by.getName(), "task.declined", "task:" + id, Texts.reason(reason)));
        return Texts.done(flash, "site.task.declined", BACK);
    }

    private void note(Principal by, String what, String object) {
        audit.record(AuditEvent.of(by.getName(), what, object));
    }
}
