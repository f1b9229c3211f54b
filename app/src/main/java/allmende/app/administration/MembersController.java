package allmende.app.administration;

import allmende.app.audit.AuditEvent;
import allmende.app.audit.AuditTrail;
import allmende.app.federation.Decided;
import allmende.app.federation.EnrolmentRequest;
import allmende.app.federation.Hub;
import allmende.app.federation.PartyId;
import allmende.app.identity.Accounts;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The sites of a portal: who takes part, and who asks to. */
@Controller
@RequestMapping("/admin/sites")
class MembersController {

    private static final String BACK = "redirect:/admin/sites";

    private final ObjectProvider<Hub> hub;
    private final Accounts accounts;
    private final AuditTrail audit;

    MembersController(ObjectProvider<Hub> hub, Accounts accounts, AuditTrail audit) {
        this.hub = hub;
        this.accounts = accounts;
        this.audit = audit;
    }

    @GetMapping
    String page(Model model) {
        Hub present = hub.getObject();
        model.addAttribute("members", present.members());
        model.addAttribute("requests", present.requests());
        model.addAttribute("fingerprint", present.fingerprint());
        return "people/sites";
    }

    /** {@code compared} is ticked by who has compared the fingerprint over another way than this one. */
    @PostMapping("/requests/{id}/accept")
    String accept(
            @PathVariable String id, @RequestParam(defaultValue = "false") boolean compared, RedirectAttributes flash) {
        if (!compared) {
            return Texts.failed(flash, "sites.fault.compare", BACK);
        }
        String by = accounts.current().name();
        String site = named(id);
        return after(hub.getObject().accept(id, by), AuditEvent.of(by, "site.accepted", site), "sites.accepted", flash);
    }

    @PostMapping("/requests/{id}/refuse")
    String refuse(@PathVariable String id, RedirectAttributes flash) {
        String by = accounts.current().name();
        String site = named(id);
        return after(hub.getObject().refuse(id, by), AuditEvent.of(by, "site.refused", site), "sites.refused", flash);
    }

    /** {@code typed} is the name of the site, typed once more: there is no way back but a new enrolment. */
    @PostMapping("/{site}/revoke")
    String revoke(@PathVariable String site, @RequestParam String typed, RedirectAttributes flash) {
        if (!typed.strip().equals(site) || !PartyId.isValid(site)) {
            return Texts.failed(flash, "sites.fault.typed", BACK);
        }
        String by = accounts.current().name();
        return after(
                hub.getObject().revoke(new PartyId(site), by),
                AuditEvent.of(by, "site.revoked", "site:" + site),
                "sites.revoked",
                flash);
    }

    private String named(String request) {
        return hub.getObject().requests().stream()
                .filter(each -> each.id().equals(request))
                .map(EnrolmentRequest::party)
                .findFirst()
                .map(party -> "site:" + party)
                .orElse("request:" + request);
    }

    private String after(Decided decided, AuditEvent event, String message, RedirectAttributes flash) {
        return switch (decided) {
            case DONE -> {
                audit.record(event);
                yield Texts.done(flash, message, BACK);
            }
            case UNKNOWN -> Texts.failed(flash, "sites.fault.unknown", BACK);
            case NAME_TAKEN -> Texts.failed(flash, "sites.fault.name", BACK);
            case KEY_REVOKED -> Texts.failed(flash, "sites.fault.key", BACK);
        };
    }
}
