package allmende.app.feasibility;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Counting for programs. */
@RestController
class CountController {

    private static final String SQ = "application/sq+json";

    private final CountService counts;

    CountController(CountService counts) {
        this.counts = counts;
    }

    /** A bare integer, as middleware that talks to FLARE expects it. */
    @PostMapping(
            path = "/query/execute",
            consumes = {SQ, MediaType.APPLICATION_JSON_VALUE})
    ResponseEntity<byte[]> execute(HttpServletRequest request) throws IOException {
        return answer(request, null, answered -> Long.toString(answered.answer().count()));
    }

    /** The count with its funnel, snapshot and notes. */
    @PostMapping(
            path = "/api/cohort/count",
            consumes = {SQ, MediaType.APPLICATION_JSON_VALUE})
    ResponseEntity<byte[]> count(HttpServletRequest request, @RequestParam(required = false) @Nullable String today)
            throws IOException {
        return answer(request, today, answered -> CountJson.of(
                        answered.answer(), answered.took(), LocaleContextHolder.getLocale())
                .toString());
    }

    /** The health probe of middleware that talks to FLARE. There is no cache: every answer is counted anew. */
    @GetMapping(path = "/cache/stats", produces = MediaType.APPLICATION_JSON_VALUE)
    String cacheStats() {
        ObjectNode stats = JsonNodeFactory.instance.objectNode();
        for (String cache : new String[] {"memory", "disk"}) {
            stats.putObject(cache).put("entries", 0).put("hits", 0).put("misses", 0);
        }
        return stats.toString();
    }

    private ResponseEntity<byte[]> answer(
            HttpServletRequest request, @Nullable String today, Function<Counted.Answered, String> body)
            throws IOException {
        byte[] query = request.getInputStream().readNBytes(counts.limits().queryBytesMax() + 1);
        Counted counted;
        if (today == null) {
            counted = counts.count(query);
        } else {
            try {
                counted = counts.count(query, LocalDate.parse(today));
            } catch (DateTimeParseException e) {
                return Problems.of(HttpStatus.BAD_REQUEST, "The parameter today must be a date such as 2026-01-31.");
            }
        }
        return switch (counted) {
            case Counted.Answered answered ->
                ResponseEntity.ok()
                        .header(HttpHeaders.CACHE_CONTROL, "no-store")
                        .contentType(MediaType.APPLICATION_JSON)
                        .body(body.apply(answered).getBytes(java.nio.charset.StandardCharsets.UTF_8));
            case Counted.Invalid invalid -> Problems.invalid(invalid.problems());
            case Counted.TooLarge tooLarge ->
                Problems.of(
                        HttpStatus.CONTENT_TOO_LARGE,
                        "The query is longer than " + tooLarge.bytesMax() + " bytes. Name a code higher in its"
                                + " hierarchy instead of every code below it.");
            case Counted.Busy busy ->
                Problems.later("The site is counting as many queries as it may at once. Try again in a second.", 1);
            case Counted.TimedOut timedOut ->
                Problems.later(
                        "The count did not finish within " + timedOut.max().toSeconds() + " seconds.", 60);
            case Counted.Unavailable unavailable ->
                Problems.later(unavailable.reason() + " " + unavailable.advice(), 5);
        };
    }
}
