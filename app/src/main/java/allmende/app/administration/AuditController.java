package allmende.app.administration;

import allmende.app.audit.AuditEntry;
import allmende.app.audit.AuditLog;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The audit trail as its readers see it: at a portal under {@code /admin}, at a site under {@code /site}. */
@Controller
class AuditController {

    private static final int PAGE_SIZE = 50;

    private final AuditLog audit;

    AuditController(AuditLog audit) {
        this.audit = audit;
    }

    @GetMapping({"/admin/audit", "/site/audit"})
    String page(
            @RequestParam(defaultValue = "") String text,
            @RequestParam(required = false) @Nullable Long before,
            Model model) {
        List<AuditEntry> entries = audit.entries(text, before == null ? Long.MAX_VALUE : before, PAGE_SIZE);
        model.addAttribute("text", text);
        model.addAttribute("entries", entries);
        model.addAttribute(
                "next", entries.size() < PAGE_SIZE ? null : entries.getLast().seq());
        return "people/audit";
    }

    @PostMapping({"/admin/audit", "/site/audit"})
    String verify(Model model) {
        switch (audit.verify()) {
            case AuditLog.Verdict.Intact(long entries, String head) -> {
                model.addAttribute("intact", entries);
                model.addAttribute("head", head);
            }
            case AuditLog.Verdict.Broken(long seq) -> model.addAttribute("broken", seq);
        }
        return page("", null, model);
    }
}
