package allmende.app.fhirapi;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.ActionCode;
import org.jspecify.annotations.Nullable;

/**
 * Answers what the HTTP server itself turns away since it is no proper HTTP, before any door of ours sees it. Programs send
 * such requests, browsers don't: so where the address can't even be read, the answer is an OperationOutcome. The server
 * makes this by its name.
 */
public final class MalformedRequests extends ErrorReportValve {

    @Override
    protected void report(Request request, Response response, @Nullable Throwable throwable) {
        AtomicBoolean possible = new AtomicBoolean(false);
        response.getCoyoteResponse().action(ActionCode.IS_IO_ALLOWED, possible);
        int status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported() || !possible.get()) {
            return;
        }
        String uri = request.getRequestURI();
        boolean fhir = uri == null || !uri.startsWith("/") || uri.startsWith("/fhir");
        byte[] body = fhir
                ? Outcomes.json(List.of(Outcomes.ofStatus(status)))
                : Outcomes.ofStatus(status).diagnostics().getBytes(StandardCharsets.UTF_8);
        try {
            response.setContentType(fhir ? FhirFormat.FHIR_JSON.contentType() : "text/plain;charset=utf-8");
            PrintWriter out = response.getReporter();
            if (out != null) {
                out.write(new String(body, StandardCharsets.UTF_8));
                response.finishResponse();
            }
        } catch (IOException | IllegalStateException gone) {
            // nobody is there any more to be told
            container.getLogger().debug("An error could not be told", gone);
        }
    }
}
