package allmende.app.selection;

import allmende.core.disclosure.PortalRules;
import java.io.IOException;
import java.io.InputStream;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/** What the portal tells programs about itself: its interface and its rules. */
@RestController
@RequestMapping("/api")
class PortalInfoApi {

    private static final String DESCRIPTION = "/allmende/openapi.json";

    private final PortalRules rules;
    private final PollLimits.Rules polls;

    PortalInfoApi(PortalRules rules, PollLimits.Rules polls) {
        this.rules = rules;
        this.polls = polls;
    }

    /** The description of the whole interface (OpenAPI 3.1). */
    @GetMapping("/openapi.json")
    ResponseEntity<byte[]> description() throws IOException {
        try (InputStream file = PortalInfoApi.class.getResourceAsStream(DESCRIPTION)) {
            if (file == null) {
                throw new IllegalStateException("The class path has no " + DESCRIPTION);
            }
            return Reply.bytes(MediaType.APPLICATION_JSON, file.readAllBytes());
        }
    }

    /** The rules that programs should know. */
    @GetMapping("/v5/.settings")
    ResponseEntity<byte[]> settings() {
        ObjectNode json = rules.write();
        json.put("summaryPollSeconds", polls.summary().toSeconds());
        json.put("detailedPollSeconds", polls.detailed().toSeconds());
        json.put("detailedViews", polls.views());
        json.put("detailedViewRefillSeconds", polls.refill().toSeconds());
        json.put("savedQueries", DataQueryV5.SLOTS);
        return Reply.json(json);
    }
}
