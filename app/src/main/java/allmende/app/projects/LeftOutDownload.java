package allmende.app.projects;

import allmende.app.audit.Access;
import allmende.app.audit.AccessLog;
import allmende.app.audit.AccessLogUnavailable;
import allmende.app.identity.Caller;
import allmende.app.identity.Callers;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.server.ResponseStatusException;

/**
 * By id what does not leave, and why: for the data steward alone, who has to answer patients and researchers for it. Nothing of
 * it is content of a delivery.
 */
@Controller
class LeftOutDownload {

    private final ProjectDesk desk;
    private final AccessLog accesses;

    LeftOutDownload(ProjectDesk desk, AccessLog accesses) {
        this.desk = desk;
        this.accesses = accesses;
    }

    /** A line for each patient or resource: patient, resource, stage, rule, what it was wanted for. */
    @GetMapping({"/api/projects/{id}/left-out", "/projects/{id}/left-out"})
    void csv(@PathVariable String id, HttpServletResponse response) throws IOException {
        Caller caller = Callers.current();
        if (Right.toSeeLeftOut(caller).isPresent()) {
            throw new ResponseStatusException(HttpStatus.FORBIDDEN);
        }
        Build build = desk.newest(id)
                .filter(one -> one.state() == Build.State.DONE)
                .filter(one -> desk.knowsLeftOut(one, caller))
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        try {
            accesses.record(Access.by(caller.who(), Access.Action.OPERATION)
                    .on("left-out", id)
                    .of(Access.Patients.ALL)
                    .at(build.t()));
        } catch (AccessLogUnavailable e) {
            throw new ResponseStatusException(HttpStatus.SERVICE_UNAVAILABLE, AccessLogUnavailable.SENTENCE, e);
        }
        response.setHeader("Cache-Control", "no-store");
        response.setHeader(
                "Content-Disposition", "attachment; filename=\"" + id + "-" + build.id() + "-left-out.csv\"");
        response.setContentType("text/csv");
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        PrintWriter out = response.getWriter();
        out.print(String.join(",", LeftOut.HEADS) + "\r\n");
        desk.leftOut(build, line -> out.print(row(line)));
    }

    private static String row(LeftOut line) {
        return String.join(
                        ",",
                        line.cells().stream()
                                .map(cell -> '"' + cell.replace("\"", "\"\"") + '"')
                                .toList())
                + "\r\n";
    }
}
