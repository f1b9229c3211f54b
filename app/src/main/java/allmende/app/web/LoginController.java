package allmende.app.web;

import allmende.app.identity.OidcProvider;
import allmende.app.identity.ProviderFault;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The login form, and what is said about accessibility. Checking the password is the security filter's work. */
@Controller
class LoginController {

    private final @Nullable OidcProvider provider;

    LoginController(ObjectProvider<OidcProvider> provider) {
        this.provider = provider.getIfAvailable();
    }

    @GetMapping("/login")
    String login(
            @RequestParam(required = false) @Nullable String error,
            @RequestParam(required = false) @Nullable String out,
            @RequestParam(required = false) @Nullable String ended,
            Model model) {
        ProviderFault fault = error == null ? null : ProviderFault.of(error).orElse(null);
        model.addAttribute("failed", error != null && fault == null);
        model.addAttribute("providerFault", fault);
        model.addAttribute("left", out != null);
        model.addAttribute("ended", ended != null);
        model.addAttribute("provider", provider == null ? null : provider.label());
        return "login";
    }

    @GetMapping("/accessibility")
    String accessibility() {
        return "people/accessibility";
    }
}
