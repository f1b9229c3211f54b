package allmende.app.pseudonyms;

import allmende.app.audit.Access;
import allmende.app.audit.AccessLog;
import allmende.app.identity.Callers;
import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The page of requests to resolve: ask, grant or refuse what others ask, see what was granted to oneself. */
@Controller
@RequestMapping("/pseudonyms/requests")
class ResolvePagesController {

    private static final String BACK = "redirect:/pseudonyms/requests";
    private static final int SHOWN = 100;

    private final ResolveDesk desk;
    private final PseudonymService service;
    private final AccessLog log;

    ResolvePagesController(ResolveDesk desk, PseudonymService service, AccessLog log) {
        this.desk = desk;
        this.service = service;
        this.log = log;
    }

    /** The form by which somebody asks. */
    record Asked(
            @Nullable String domain,
            @Nullable String pseudonyms,
            @Nullable String purpose,
            @Nullable String machine) {

        ResolveDesk.Wish wish() {
            String program = plain(machine);
            return new ResolveDesk.Wish(
                    plain(domain),
                    Arrays.stream(plain(pseudonyms).split("[\\s,;]+"))
                            .filter(word -> !word.isEmpty())
                            .collect(Collectors.toSet()),
                    plain(purpose),
                    program.isEmpty() ? null : program);
        }

        private static String plain(@Nullable String text) {
            return text == null ? "" : text.strip();
        }
    }

    @GetMapping
    String page(Principal by, Model model) {
        return shown(new Asked("", "", "", ""), by, model);
    }

    private String shown(Asked asked, Principal by, Model model) {
        List<ResolveRequest> newest = desk.newest(SHOWN);
        model.addAttribute("asked", asked);
        model.addAttribute("me", by.getName());
        model.addAttribute("now", desk.now());
        model.addAttribute("domains", service.domains());
        model.addAttribute(
                "waiting",
                newest.stream()
                        .filter(each -> each.state() == ResolveRequest.State.ASKED)
                        .toList());
        model.addAttribute(
                "decided",
                newest.stream()
                        .filter(each -> each.state() != ResolveRequest.State.ASKED)
                        .toList());
        return "pseudonyms/requests";
    }

    @PostMapping
    String ask(@ModelAttribute Asked asked, Principal by, Model model, RedirectAttributes flash) {
        ResolveDesk.Step step = desk.ask(asked.wish(), by.getName());
        if (step == ResolveDesk.Step.DONE) {
            flash.addFlashAttribute("done", "pseudonyms.asked");
            return BACK;
        }
        model.addAttribute("fault", "pseudonyms.step." + step.name());
        return shown(asked, by, model);
    }

    @PostMapping("/{id}/grant")
    String grant(
            @PathVariable String id,
            @RequestParam(defaultValue = "24") int hours,
            Principal by,
            RedirectAttributes flash) {
        Duration time = Duration.ofHours(Math.clamp(hours, 1, ResolveDesk.GRANT_MAX.toHours()));
        return told(desk.grant(id, by.getName(), time), "pseudonyms.granted", flash);
    }

    @PostMapping("/{id}/refuse")
    String refuse(
            @PathVariable String id,
            @RequestParam(defaultValue = "") String reason,
            Principal by,
            RedirectAttributes flash) {
        return told(desk.refuse(id, by.getName(), reason), "pseudonyms.refused", flash);
    }

    private static String told(ResolveDesk.Step step, String message, RedirectAttributes flash) {
        if (step == ResolveDesk.Step.DONE) {
            flash.addFlashAttribute("done", message);
        } else {
            flash.addFlashAttribute("fault", "pseudonyms.step." + step.name());
        }
        return BACK;
    }

    /** Shows the originals that were granted to the one who asks; kept by no browser. */
    @PostMapping("/{id}/resolve")
    String resolve(@PathVariable String id, Principal by, Model model, HttpServletResponse response) {
        log.require();
        ResolveRequest request = desk.find(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        if (!request.askedBy().equals(by.getName()) || !request.open(desk.now())) {
            throw new ResponseStatusException(HttpStatus.FORBIDDEN);
        }
        ResolveDesk.Resolved resolved = Refusals.value(
                desk.resolve(new ResolveDesk.Holder(by.getName(), false), request.domain(), request.pseudonyms()));
        log.record(Access.by(Callers.current().who(), Access.Action.OPERATION)
                .on(MiiOperation.DE_PSEUDONYMIZE.code(), request.domain())
                .of(new Access.Patients(List.of(), resolved.originals().size())));
        response.setHeader("Cache-Control", "no-store");
        model.addAttribute("request", request);
        model.addAttribute("originals", resolved.originals());
        return "pseudonyms/resolved";
    }

    /** Who reloads the originals' address without the form is led to the page. */
    @GetMapping("/{id}/{step}")
    String back() {
        return BACK;
    }
}
