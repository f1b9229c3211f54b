package allmende.app.subjects;

import allmende.app.audit.Access;
import allmende.app.audit.AccessLog;
import allmende.app.audit.AccessLogUnavailable;
import allmende.app.identity.Caller;
import allmende.app.identity.Callers;
import allmende.app.identity.SiteRights;
import allmende.core.fhir.FhirJson;
import allmende.core.fhir.JsonRead;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import tools.jackson.databind.JsonNode;

/**
 * The report to a patient, to be printed or as JSON: for the data steward, who answers requests, and for patients
 * themselves. The id of a patient is in the body of a request, never in an address.
 */
@Controller
class SubjectPages {

    private static final String REPORT = "subjects/report";
    private static final String TYPE = "Patient/";

    private final SubjectReports reports;
    private final AccessLog accesses;

    SubjectPages(SubjectReports reports, AccessLog accesses) {
        this.reports = reports;
        this.accesses = accesses;
    }

    @GetMapping("/subjects")
    String form() {
        return "subjects/form";
    }

    /** The report to any patient. */
    @PostMapping("/subjects")
    String report(@RequestParam(defaultValue = "") String patient, Model model) {
        String id = id(patient);
        if (id.isEmpty()) {
            return form();
        }
        SubjectReport report = reported(id, Callers.current());
        model.addAttribute("asked", id);
        model.addAttribute("report", report);
        model.addAttribute("own", false);
        return REPORT;
    }

    @PostMapping("/subjects/report.json")
    ResponseEntity<byte[]> json(@RequestParam(defaultValue = "") String patient) {
        return json(reported(id(patient), Callers.current()));
    }

    /** The report to the patient who has logged in. */
    @GetMapping("/my-data/report")
    String own(Model model) {
        Caller caller = Callers.current();
        model.addAttribute("report", reported(own(caller), caller));
        model.addAttribute("own", true);
        return REPORT;
    }

    @GetMapping("/my-data/report.json")
    ResponseEntity<byte[]> ownJson() {
        Caller caller = Callers.current();
        return json(reported(own(caller), caller));
    }

    /** The report to any patient, for programs of those who answer requests: the body names the {@code patient}. */
    @PostMapping("/api/subjects/report")
    ResponseEntity<byte[]> api(@RequestBody byte[] body) {
        Caller caller = Callers.current();
        if (caller.kind() != Caller.Kind.PERSON || !caller.has(SiteRights.SUBJECTS)) {
            throw new ResponseStatusException(HttpStatus.FORBIDDEN);
        }
        String id = FhirJson.read(body) instanceof JsonRead.Parsed(JsonNode asked)
                ? id(asked.path("patient").asString(""))
                : "";
        if (id.isEmpty()) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST);
        }
        return json(reported(id, caller));
    }

    /** The report to the patient who asks. */
    @GetMapping("/api/my-data/report")
    ResponseEntity<byte[]> ownApi() {
        return ownJson();
    }

    private static String own(Caller caller) {
        String patient = caller.patient();
        if (patient == null) {
            throw new ResponseStatusException(HttpStatus.FORBIDDEN);
        }
        return patient;
    }

    /** Making the report is itself an access, which the next report tells. */
    private SubjectReport reported(String patient, Caller caller) {
        try {
            accesses.require();
            SubjectReport report = reports.of(patient);
            accesses.record(Access.by(caller.who(), Access.Action.OPERATION)
                    .on("subject-report", null)
                    .of(Access.Patients.one(patient))
                    .at(report.t()));
            return report;
        } catch (AccessLogUnavailable e) {
            throw new ResponseStatusException(HttpStatus.SERVICE_UNAVAILABLE, AccessLogUnavailable.SENTENCE, e);
        }
    }

    private static String id(String patient) {
        String text = patient.strip();
        return text.startsWith(TYPE) ? text.substring(TYPE.length()) : text;
    }

    private static ResponseEntity<byte[]> json(SubjectReport report) {
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"report.json\"")
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .body(FhirJson.write(SubjectJson.write(report)));
    }
}
