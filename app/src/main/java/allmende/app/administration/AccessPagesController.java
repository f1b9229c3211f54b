package allmende.app.administration;

import allmende.app.audit.AccessLogCheck;
import allmende.app.audit.AccessLogReader;
import allmende.app.audit.AuditLog;
import allmende.app.identity.Callers;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Who accessed what at a site: all of it for auditors, and for patients what was done with their own data. */
@Controller
class AccessPagesController {

    private static final int PAGE_SIZE = 50;
    private static final String PATIENT = "Patient/";

    private final AccessLogReader reader;
    private final AuditLog trail;

    AccessPagesController(AccessLogReader reader, AuditLog trail) {
        this.reader = reader;
        this.trail = trail;
    }

    /**
     * What the form above the list says.
     *
     * @param who name of an account or a machine
     * @param patient id of a patient, with or without its type
     * @param from first day
     * @param to last day
     */
    record Filter(
            @Nullable String who,
            @Nullable String patient,
            @Nullable String from,
            @Nullable String to) {

        AccessLogReader.Wanted wanted(@Nullable Long before, ZoneId zone) {
            LocalDate first = day(from);
            LocalDate last = day(to);
            return new AccessLogReader.Wanted(
                    plain(who),
                    plain(patient).startsWith(PATIENT) ? plain(patient).substring(PATIENT.length()) : plain(patient),
                    start(first, zone),
                    start(last == null ? null : last.plusDays(1), zone),
                    before == null ? Long.MAX_VALUE : before);
        }

        private static @Nullable Instant start(@Nullable LocalDate day, ZoneId zone) {
            return day == null ? null : day.atStartOfDay(zone).toInstant();
        }

        private static String plain(@Nullable String text) {
            return text == null ? "" : text.strip();
        }

        /** What is no day is not asked. */
        private static @Nullable LocalDate day(@Nullable String text) {
            try {
                return plain(text).isEmpty() ? null : LocalDate.parse(plain(text));
            } catch (DateTimeException e) {
                return null;
            }
        }
    }

    @GetMapping("/audit")
    String page(
            Filter filter,
            @RequestParam(required = false) @Nullable Long before,
            @ModelAttribute("zone") ZoneId zone,
            Model model) {
        model.addAttribute("filter", filter);
        list(filter.wanted(before, zone), model);
        return "access/audit";
    }

    @PostMapping("/audit")
    String verify(@ModelAttribute("zone") ZoneId zone, Model model) throws IOException {
        Map<Long, String> noted = Map.of();
        switch (reader.check(trail.accessLogHeads())) {
            case AccessLogCheck.Verdict.Intact intact -> {
                model.addAttribute("intact", intact);
                noted = intact.trailHeads();
            }
            case AccessLogCheck.Verdict.Broken broken -> model.addAttribute("broken", broken);
        }
        switch (trail.verify(noted)) {
            case AuditLog.Verdict.Intact intact -> model.addAttribute("trailIntact", intact);
            case AuditLog.Verdict.Broken broken -> model.addAttribute("trailBroken", broken);
        }
        return page(new Filter(null, null, null, null), null, zone, model);
    }

    /** Without a patient, as at a site without login, there is nothing to show. */
    @GetMapping("/my-data")
    String own(@RequestParam(required = false) @Nullable Long before, Model model) {
        String patient = Callers.current().patient();
        model.addAttribute("patient", patient);
        if (patient == null) {
            model.addAttribute("rows", List.of());
            model.addAttribute("next", null);
        } else {
            AccessLogReader.Wanted wanted =
                    new AccessLogReader.Wanted("", patient, null, null, before == null ? Long.MAX_VALUE : before);
            model.addAttribute(
                    "rows", list(wanted, model).stream().map(OwnAccess::of).toList());
        }
        return "access/own";
    }

    private List<AccessLogReader.Row> list(AccessLogReader.Wanted wanted, Model model) {
        List<AccessLogReader.Row> rows = reader.find(wanted, PAGE_SIZE);
        model.addAttribute("rows", rows);
        model.addAttribute(
                "next", rows.size() < PAGE_SIZE ? null : rows.getLast().n());
        return rows;
    }
}
