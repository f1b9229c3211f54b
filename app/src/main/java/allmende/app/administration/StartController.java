package allmende.app.administration;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.server.ResponseStatusException;

/** The portal's front door, which everybody may see; in a demo with ready accounts and a tour. */
@Controller
class StartController {

    private final @Nullable CountryFigures figures;
    private final @Nullable DemoGuide guide;

    StartController(ObjectProvider<CountryFigures> figures, ObjectProvider<DemoGuide> guide) {
        this.figures = figures.getIfAvailable();
        this.guide = guide.getIfAvailable();
    }

    @GetMapping({"/", "/start"})
    String start(Model model) {
        model.addAttribute("guide", guide);
        model.addAttribute("sites", figures == null ? 0 : figures.sites());
        model.addAttribute("patients", figures == null ? 0L : figures.patients().orElse(0L));
        return "people/start";
    }

    @GetMapping("/tour")
    String tour(Model model) {
        if (guide == null) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        model.addAttribute("guide", guide);
        return "people/tour";
    }
}
