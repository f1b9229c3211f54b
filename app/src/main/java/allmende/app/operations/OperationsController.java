package allmende.app.operations;

import allmende.app.audit.Access;
import allmende.app.audit.AccessLog;
import allmende.app.audit.AccessLogUnavailable;
import allmende.app.feasibility.Problems;
import allmende.app.site.Site;
import allmende.app.site.SiteData;
import allmende.app.site.SiteUnavailable;
import allmende.engine.store.Erasure;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What commands of the same machine ask of the running site; opened by its token alone. */
@RestController
@RequestMapping("/operations")
class OperationsController {

    private final Site site;
    private final AccessLog log;
    private final List<Forgetting> besides;
    private final Rebuild rebuild = new Rebuild();
    private final AtomicBoolean erasing = new AtomicBoolean();

    OperationsController(Site site, AccessLog log, ObjectProvider<Forgetting> besides) {
        this.site = site;
        this.log = log;
        this.besides = besides.orderedStream().toList();
    }

    /** Where the index is. */
    @GetMapping("/index")
    ResponseEntity<byte[]> index() {
        SiteData data = site.data();
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("t", data.index().t());
        node.put("storeT", data.store().currentT());
        node.put("rebuilding", rebuild.running());
        node.put("rebuildFailed", rebuild.failed());
        return json(node);
    }

    /** Begins to build the index anew; the old one answers meanwhile. */
    @PostMapping("/index/rebuild")
    ResponseEntity<byte[]> rebuild() {
        SiteData data = site.data();
        if (!rebuild.start(data.index())) {
            return Problems.of(HttpStatus.CONFLICT, "The index is being rebuilt already.");
        }
        return ResponseEntity.accepted().build();
    }

    /** Erases a patient from store and index. The body is the patient's id as plain text. */
    @PostMapping(path = "/erase", consumes = MediaType.TEXT_PLAIN_VALUE)
    ResponseEntity<byte[]> erase(@RequestBody String patient) {
        SiteData data = site.data();
        if (!erasing.compareAndSet(false, true)) {
            return Problems.later("Another patient is being erased.", 5);
        }
        try {
            log.require();
            Erasure erasure = SiteErasure.erase(data, patient.strip(), besides);
            log.record(SiteErasure.access(patient.strip(), erasure));
            return json(toJson(erasure));
        } finally {
            erasing.set(false);
        }
    }

    /** Notes that a command of this machine reads data past the doors. The body is what it reads, as plain text. */
    @PostMapping(path = "/access", consumes = MediaType.TEXT_PLAIN_VALUE)
    ResponseEntity<byte[]> access(@RequestBody String what) {
        return switch (LocalRead.of(what.strip())) {
            case LocalRead.Known(Access access) -> {
                log.record(access);
                yield ResponseEntity.noContent().build();
            }
            case LocalRead.Unknown _ -> Problems.of(HttpStatus.BAD_REQUEST, "No command reads this.");
        };
    }

    @ExceptionHandler
    ResponseEntity<byte[]> unlogged(AccessLogUnavailable e) {
        return Problems.later(AccessLogUnavailable.SENTENCE, 5);
    }

    @ExceptionHandler
    ResponseEntity<byte[]> unavailable(SiteUnavailable e) {
        return Problems.later(Objects.toString(e.getMessage(), "") + " " + e.advice(), 5);
    }

    private static ObjectNode toJson(Erasure erasure) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("t", erasure.t())
                .put("resources", erasure.resources())
                .put("versions", erasure.versions())
                .put("quarantined", erasure.quarantined())
                .put("logDropped", erasure.logDropped());
    }

    private static ResponseEntity<byte[]> json(ObjectNode node) {
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .body(node.toString().getBytes(StandardCharsets.UTF_8));
    }
}
