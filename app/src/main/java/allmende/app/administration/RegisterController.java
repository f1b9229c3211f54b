package allmende.app.administration;

import allmende.app.identity.PasswordRules;
import allmende.app.identity.Registration;
import java.util.Map;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;

/** Researchers make their own account. */
@Controller
class RegisterController {

    private final Registration registration;

    RegisterController(Registration registration) {
        this.registration = registration;
    }

    @ModelAttribute("passwordMin")
    int passwordMin() {
        return PasswordRules.MIN_CHARACTERS;
    }

    @GetMapping("/register")
    String form(Model model) {
        return form(new Registration.Form("", "", "", "", ""), Map.of(), model);
    }

    @PostMapping("/register")
    String register(Registration.Form form, Model model) {
        return switch (registration.register(form)) {
            case Registration.Result.Done(var account) -> {
                model.addAttribute("name", account.name());
                yield "people/registered";
            }
            case Registration.Result.Refused(var faults) -> form(form, faults, model);
        };
    }

    private static String form(Registration.Form form, Map<String, String> faults, Model model) {
        model.addAttribute("form", form);
        model.addAttribute("faults", faults);
        return "people/register";
    }
}
