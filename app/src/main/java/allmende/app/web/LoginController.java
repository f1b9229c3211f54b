package allmende.app.web;

import allmende.app.identity.Access;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The login form. Checking the password is the security filter's work. */
@Controller
class LoginController {

    private final Access access;

    LoginController(Access access) {
        this.access = access;
    }

    @GetMapping("/login")
    String login(
            @RequestParam(required = false) @org.jspecify.annotations.Nullable String error,
            @RequestParam(required = false) @org.jspecify.annotations.Nullable String out,
            Model model) {
        if (access == Access.OPEN) {
            return "redirect:/";
        }
        model.addAttribute("failed", error != null);
        model.addAttribute("left", out != null);
        return "login";
    }
}
