package allmende.app.consent;

import allmende.app.audit.Access;
import allmende.app.audit.AccessLog;
import allmende.app.audit.AccessLogUnavailable;
import allmende.app.identity.Callers;
import allmende.app.site.Site;
import allmende.app.site.SiteData;
import allmende.app.site.SiteUnavailable;
import allmende.core.consent.ConsentExplanation;
import allmende.core.consent.ConsentWords;
import allmende.engine.search.Search;
import allmende.engine.search.SearchUnavailable;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The consent explorer: what one patient permits on a day and why, and how many patients permit what. */
@Controller
@RequestMapping("/consent")
class ConsentController {

    private static final String PAGE = "consent/index";
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9.-]{1,64}");

    private final Site site;
    private final Search search;
    private final AccessLog log;

    ConsentController(Site site, AccessLog log) {
        this.site = site;
        this.search = site.search();
        this.log = log;
    }

    @GetMapping
    String page(
            @RequestParam(defaultValue = "") String patient,
            @RequestParam(defaultValue = "") String day,
            Model model,
            Locale locale) {
        LocalDate today = SiteData.today();
        LocalDate asked = date(day, today);
        ConsentWords words = new ConsentWords(locale.getLanguage());
        String id = patient.strip();
        model.addAttribute("patient", id);
        model.addAttribute("day", (asked == null ? today : asked).toString());
        model.addAttribute("dayWrong", asked == null);
        model.addAttribute("language", words.language());
        try {
            SiteData data = site.data();
            SiteCounts counts = SiteCounts.read(data, today);
            model.addAttribute("counts", counts);
            model.addAttribute("countsDay", words.day(counts.day()));
            if (asked != null && !id.isEmpty()) {
                explain(data, id, asked, words, model);
            }
        } catch (SiteUnavailable | SearchUnavailable notYet) {
            model.addAttribute("trouble", "consent.later");
        } catch (AccessLogUnavailable unlogged) {
            model.addAttribute("trouble", "consent.unlogged");
        }
        return PAGE;
    }

    private static @Nullable LocalDate date(String written, LocalDate today) {
        if (written.isBlank()) {
            return today;
        }
        try {
            return LocalDate.parse(written.strip());
        } catch (DateTimeParseException notOne) {
            return null;
        }
    }

    /** Each look is noted before anything of it is shown, also one at a patient who is not there. */
    private void explain(SiteData data, String patient, LocalDate day, ConsentWords words, Model model) {
        if (!ID.matcher(patient).matches()) {
            model.addAttribute("unknown", true);
            return;
        }
        log.require();
        Optional<ConsentExplanation> explained = PatientRecords.explain(data.store(), search, patient, day);
        log.record(Access.by(Callers.current().who(), Access.Action.OPERATION)
                .on("consent", null)
                .asking(List.of("patient", "day"))
                .of(Access.Patients.one(patient))
                .at(data.store().currentT()));
        model.addAttribute("unknown", explained.isEmpty());
        explained.ifPresent(found -> model.addAttribute("view", new ConsentView(found, words)));
    }
}
