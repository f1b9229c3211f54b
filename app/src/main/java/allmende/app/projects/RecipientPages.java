package allmende.app.projects;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * Where a recipient fetches a delivery with its token, sees what has to be deleted, and confirms it. The token is in the body
 * of each request, never in an address.
 */
@Controller
@RequestMapping("/deliveries")
class RecipientPages {

    private static final String PAGE = "projects/recipient";

    private final Dispatch dispatch;

    RecipientPages(Dispatch dispatch) {
        this.dispatch = dispatch;
    }

    @GetMapping
    String form() {
        return PAGE;
    }

    @PostMapping
    String look(@RequestParam(defaultValue = "") String token, Model model) {
        dispatch.ofToken(token).ifPresentOrElse(delivery -> show(delivery, token, model), () -> {
            model.addAttribute("fault", "projects.fault.token");
            model.addAttribute("details", List.of());
        });
        return PAGE;
    }

    private void show(Delivery delivery, String token, Model model) {
        model.addAttribute("delivery", delivery);
        model.addAttribute("token", token.strip());
        model.addAttribute("tasks", dispatch.tasks(delivery));
    }

    /** Sends a file where the gate lets it; otherwise says why not. */
    @PostMapping("/files/{name}")
    @Nullable
    String file(
            @PathVariable String name,
            @RequestParam(defaultValue = "") String token,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model)
            throws IOException {
        switch (dispatch.fetch(token, name)) {
            case Dispatch.Fetch.Refused(String code) -> {
                model.addAttribute("fault", "projects.fault." + code);
                model.addAttribute("details", List.of());
                response.setStatus(HttpServletResponse.SC_FORBIDDEN);
                return PAGE;
            }
            case Dispatch.Fetch.Ready ready -> {
                headers(response, ready.file());
                dispatch.send(ready.ticket(), ready.file(), response.getOutputStream(), request.getRemoteAddr());
                return null;
            }
        }
    }

    static void headers(HttpServletResponse response, Delivery.SealedFile file) {
        response.setContentType("application/octet-stream");
        response.setContentLengthLong(file.bytes());
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + file.name() + "\"");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    }

    @PostMapping("/deletions/{task}")
    String confirm(
            @PathVariable String task,
            @RequestParam(defaultValue = "") String token,
            @RequestParam(defaultValue = "") String remark,
            Model model) {
        dispatch.ofToken(token)
                .ifPresentOrElse(
                        delivery -> {
                            boolean done = dispatch.confirm(delivery, task, RegisterPages.tidy(remark));
                            model.addAttribute(
                                    done ? "done" : "fault",
                                    done ? "projects.done.confirmed" : "projects.fault.unknown");
                            model.addAttribute("details", List.of());
                            show(delivery, token, model);
                        },
                        () -> {
                            model.addAttribute("fault", "projects.fault.token");
                            model.addAttribute("details", List.of());
                        });
        return PAGE;
    }
}
