package allmende.app.projects;

import allmende.app.audit.Access;
import allmende.app.audit.AccessLog;
import allmende.app.audit.AccessLogUnavailable;
import allmende.app.identity.Caller;
import allmende.app.identity.Callers;
import allmende.app.identity.SiteRights;
import allmende.core.disclosure.CommitteeVote;
import allmende.core.disclosure.DeliveryRefusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
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
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The pages of data use projects: request, check, build, look, decide, deliver, watch. */
@Controller
@RequestMapping("/projects")
class ProjectPages {

    private static final String LIST = "redirect:/projects";

    private final ProjectDesk desk;
    private final Dispatch dispatch;
    private final AccessLog accesses;

    ProjectPages(ProjectDesk desk, Dispatch dispatch, AccessLog accesses) {
        this.desk = desk;
        this.dispatch = dispatch;
        this.accesses = accesses;
    }

    /** What the form of a request holds. */
    record Form(
            @Nullable String id,
            @Nullable String title,
            @Nullable String purpose,
            @Nullable String legalBasis,
            @Nullable String crtdl,
            @Nullable String ruleSet,
            @Nullable String rules,
            @Nullable String recipient,
            @Nullable String recipientKey,
            @Nullable String lastDay) {

        private static final Form EMPTY = new Form(null, null, null, null, null, null, null, null, null, null);

        NewProject asked(@Nullable MultipartFile file) throws IOException {
            byte[] selection =
                    file == null || file.isEmpty() ? told(crtdl).getBytes(StandardCharsets.UTF_8) : file.getBytes();
            return new NewProject(
                    told(id),
                    told(title),
                    told(purpose),
                    told(legalBasis),
                    selection,
                    told(ruleSet),
                    told(rules).getBytes(StandardCharsets.UTF_8),
                    told(recipient),
                    told(recipientKey),
                    day());
        }

        /** What is no day has passed. */
        private LocalDate day() {
            try {
                return LocalDate.parse(told(lastDay));
            } catch (DateTimeException e) {
                return LocalDate.EPOCH;
            }
        }

        private static String told(@Nullable String text) {
            return text == null ? "" : text.strip();
        }

        private static Form of(DataUseProject project) {
            return new Form(
                    project.id(),
                    project.title(),
                    project.purpose(),
                    project.legalBasis(),
                    new String(project.request().crtdl(), StandardCharsets.UTF_8),
                    project.request().ruleSetName(),
                    null,
                    project.recipient().name(),
                    project.recipient().key(),
                    project.expiry()
                            .atZone(allmende.app.site.SiteData.ZONE)
                            .toLocalDate()
                            .minusDays(1)
                            .toString());
        }
    }

    @ModelAttribute
    void rights(Model model) {
        Caller caller = Callers.current();
        boolean person = caller.kind() == Caller.Kind.PERSON;
        model.addAttribute("mayBuild", person && caller.has(SiteRights.PROJECT_BUILDS));
        model.addAttribute("mayDecide", person && caller.has(SiteRights.PROJECT_DECISIONS));
    }

    @GetMapping
    String list(Model model) {
        model.addAttribute("projects", desk.all());
        return "projects/list";
    }

    @GetMapping("/new")
    String form(Model model) {
        return form(Form.EMPTY, null, model);
    }

    private String form(Form form, @Nullable String existing, Model model) {
        model.addAttribute("form", form);
        model.addAttribute("existing", existing);
        model.addAttribute("ruleSets", desk.ruleSets());
        return "projects/new";
    }

    @PostMapping
    String request(
            Form form,
            @RequestParam(required = false) @Nullable MultipartFile file,
            Model model,
            RedirectAttributes flash)
            throws IOException {
        return handIn(form, null, desk.request(form.asked(file), Callers.current()), new Told(model, flash));
    }

    @GetMapping("/{id}/change")
    String change(@PathVariable String id, Model model) {
        return form(Form.of(project(id)), id, model);
    }

    @PostMapping("/{id}/change")
    String change(
            @PathVariable String id,
            Form form,
            @RequestParam(required = false) @Nullable MultipartFile file,
            Model model,
            RedirectAttributes flash)
            throws IOException {
        Form whole = new Form(
                id,
                form.title(),
                form.purpose(),
                form.legalBasis(),
                form.crtdl(),
                form.ruleSet(),
                form.rules(),
                form.recipient(),
                form.recipientKey(),
                form.lastDay());
        return handIn(whole, id, desk.change(whole.asked(file), Callers.current()), new Told(model, flash));
    }

    /** Where a page is told what became of an act. */
    private record Told(Model model, RedirectAttributes flash) {}

    private String handIn(Form form, @Nullable String existing, Outcome outcome, Told told) {
        return switch (outcome) {
            case Outcome.Done(String id) -> {
                told.flash().addFlashAttribute("done", "projects.done.requested");
                yield LIST + "/" + id;
            }
            case Outcome.Refused(String code, List<String> details) -> {
                told.model().addAttribute("fault", "projects.fault." + code);
                told.model().addAttribute("details", details);
                yield form(form, existing, told.model());
            }
        };
    }

    @GetMapping("/{id}")
    String page(@PathVariable String id, Model model, Locale locale) {
        DataUseProject project = project(id);
        Caller caller = Callers.current();
        model.addAttribute("project", project);
        model.addAttribute("steps", desk.steps(id));
        Build build = desk.newest(id).orElse(null);
        model.addAttribute("build", build);
        model.addAttribute(
                "deliveries",
                dispatch.of(id).stream()
                        .map(one -> new Sent(one, dispatch.downloads(one), dispatch.openTasks(one)))
                        .toList());
        if (build != null && build.state() == Build.State.DONE) {
            model.addAttribute("report", ReportView.of(build.report(), locale));
            model.addAttribute("sampleThere", !build.sample().isEmpty() && maySeeRows(caller));
            model.addAttribute("leftOutThere", desk.knowsLeftOut(build, caller));
            model.addAttribute("seen", desk.bindingHash(project, build));
            model.addAttribute("approvals", desk.approvals(build.id()));
            model.addAttribute(
                    "whyNot",
                    desk.whyNot(project, build, caller)
                            .map(DeliveryRefusal::code)
                            .orElse(null));
        }
        return "projects/project";
    }

    /** A delivery with what was fetched of it and what is still to be deleted of it. */
    record Sent(Delivery delivery, List<DeliveryTables.Download> downloads, long openTasks) {}

    /** De-identified rows, before anybody outside sees them; looking is an access to data. */
    @GetMapping("/{id}/sample")
    String sample(@PathVariable String id, Model model) {
        Caller caller = Callers.current();
        Build build = desk.newest(id)
                .filter(one -> one.state() == Build.State.DONE)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        if (!maySeeRows(caller)) {
            throw new ResponseStatusException(HttpStatus.FORBIDDEN);
        }
        try {
            accesses.record(Access.by(caller.who(), Access.Action.OPERATION)
                    .on("preview", id)
                    .of(new Access.Patients(List.of(), build.size().patients()))
                    .at(build.t()));
        } catch (AccessLogUnavailable e) {
            throw new ResponseStatusException(HttpStatus.SERVICE_UNAVAILABLE, AccessLogUnavailable.SENTENCE, e);
        }
        model.addAttribute("project", project(id));
        model.addAttribute("tables", SampleView.of(build.sample()));
        return "projects/sample";
    }

    private static boolean maySeeRows(Caller caller) {
        return caller.kind() == Caller.Kind.PERSON
                && (caller.has(SiteRights.PROJECT_BUILDS) || caller.has(SiteRights.PROJECT_DECISIONS));
    }

    @PostMapping("/{id}/check")
    String check(@PathVariable String id, RedirectAttributes flash) {
        return act(id, "checked", desk::check, flash);
    }

    @PostMapping("/{id}/build")
    String build(@PathVariable String id, RedirectAttributes flash) {
        return act(id, "building", desk::build, flash);
    }

    @PostMapping("/{id}/vote")
    String vote(
            @PathVariable String id,
            @RequestParam(defaultValue = "") String decision,
            @RequestParam(defaultValue = "") String day,
            @RequestParam(defaultValue = "") String reference,
            RedirectAttributes flash) {
        boolean told = decision.equals("positive") || decision.equals("negative");
        CommitteeVote vote = told ? ProjectDesk.vote(decision.equals("positive"), day, reference) : null;
        return act(id, "voted", (project, caller) -> desk.vote(project, vote, caller), flash);
    }

    @PostMapping("/{id}/suppress")
    String suppress(@PathVariable String id, @RequestParam int k, RedirectAttributes flash) {
        return act(id, "suppressing", (project, caller) -> desk.suppress(project, k, caller), flash);
    }

    @PostMapping("/{id}/cancel")
    String cancel(@PathVariable String id, RedirectAttributes flash) {
        return act(id, "cancelled", desk::cancel, flash);
    }

    @PostMapping("/{id}/approve")
    String approve(@PathVariable String id, @RequestParam String seen, RedirectAttributes flash) {
        return act(id, "approved", (project, caller) -> desk.approve(project, seen, caller), flash);
    }

    @PostMapping("/{id}/revoke")
    String revoke(@PathVariable String id, @RequestParam(defaultValue = "") String reason, RedirectAttributes flash) {
        return act(id, "revoked", (project, caller) -> dispatch.revoke(project, reason, caller), flash);
    }

    @PostMapping("/{id}/deliver")
    String deliver(
            @PathVariable String id,
            @RequestParam(defaultValue = "download") String channel,
            RedirectAttributes flash) {
        Delivery.Channel way = channel.equals("store") ? Delivery.Channel.STORE : Delivery.Channel.DOWNLOAD;
        Outcome outcome = dispatch.deliver(id, way, Callers.current());
        if (outcome instanceof Outcome.Done(String token)) {
            flash.addFlashAttribute("token", token);
        }
        return told(id, "delivered." + way.name().toLowerCase(Locale.ROOT), outcome, flash);
    }

    private static String act(
            String id, String done, BiFunction<String, Caller, Outcome> act, RedirectAttributes flash) {
        return told(id, done, act.apply(id, Callers.current()), flash);
    }

    private static String told(String id, String done, Outcome outcome, RedirectAttributes flash) {
        switch (outcome) {
            case Outcome.Done made -> flash.addFlashAttribute("done", "projects.done." + done);
            case Outcome.Refused(String code, List<String> details) -> {
                flash.addFlashAttribute("fault", "projects.fault." + code);
                flash.addFlashAttribute("details", details);
            }
        }
        return LIST + "/" + id;
    }

    private DataUseProject project(String id) {
        return desk.find(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }
}
