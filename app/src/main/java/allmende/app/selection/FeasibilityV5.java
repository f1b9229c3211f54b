package allmende.app.selection;

import allmende.app.identity.Account;
import allmende.app.identity.QuotaDesk.Quota;
import allmende.app.identity.Role;
import allmende.app.portal.Ask;
import allmende.app.portal.Question;
import allmende.core.disclosure.CountryAnswers;
import allmende.core.disclosure.PortalRules;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/** Feasibility queries as programs of the national portal ask them (fifth version of its interface). */
@RestController
@RequestMapping("/api/v5/query/feasibility")
class FeasibilityV5 {

    private final SelectionDesk desk;
    private final Readings readings;
    private final ApiAsking asking;
    private final Shown shown;

    FeasibilityV5(SelectionDesk desk, Readings readings, ApiAsking asking, Shown shown) {
        this.desk = desk;
        this.readings = readings;
        this.asking = asking;
        this.shown = shown;
    }

    /** By which rules results are shown. */
    record Shown(PortalRules rules, CountryAnswers answers, PollLimits polls, SiteLabels labels) {}

    /** Keeps the question under the account, asks all sites, and says where the result will be. */
    @PostMapping
    ResponseEntity<byte[]> ask(@RequestBody byte[] ccdl) {
        return switch (FileRead.of(ccdl, readings.catalogue())) {
            case FileRead.Unreadable(var problem) -> Reply.invalid(List.of(problem));
            case FileRead.Understood read when read.query() == null -> Reply.invalid(read.problems());
            case FileRead.Understood read -> {
                String title = read.document().cohort().display();
                Question question = desk.questions()
                        .create(desk.viewer(), title.isBlank() ? "API" : title, SelectionDesk.text(read.document()));
                ResponseEntity<byte[]> asked =
                        asking.ask(question, ask -> "/api/v5/query/feasibility/" + question.id());
                if (asked.getStatusCode().isError()) {
                    desk.questions().delete(desk.viewer(), question.id());
                }
                yield asked;
            }
        };
    }

    @GetMapping("/{id}/summary-result")
    ResponseEntity<byte[]> summary(@PathVariable long id) {
        return result(
                id,
                shown.polls()::summary,
                (ask, account) -> AskResult.v5(ask, asking.asking().results(ask), shown.answers()));
    }

    @GetMapping("/{id}/detailed-obfuscated-result")
    ResponseEntity<byte[]> obfuscated(@PathVariable long id) {
        return result(
                id,
                shown.polls()::detailed,
                (ask, account) ->
                        AskResult.v5(ask, asking.asking().results(ask), shown.answers(), site -> shown.labels()
                                .of(ask.id(), site)));
    }

    /** With the sites' names; for administrators, whose looks are not limited. */
    @GetMapping("/{id}/detailed-result")
    ResponseEntity<byte[]> detailed(@PathVariable long id) {
        if (!desk.account().is(Role.ADMIN)) {
            return Reply.problem(HttpStatus.FORBIDDEN, Told.SITE_NAMES);
        }
        return result(id, (account, query) -> Optional.empty(), (ask, account) -> {
            var names = ask.sites().stream().collect(Collectors.toMap(Ask.AskedSite::id, Ask.AskedSite::name));
            Function<String, String> name = site -> names.getOrDefault(site, site);
            return AskResult.v5(ask, asking.asking().results(ask), shown.answers(), name);
        });
    }

    /** Whether it is too early to look. */
    private interface Limit {
        Optional<Duration> wait(long account, long query);
    }

    /** The body of a result. */
    private interface Body {
        ObjectNode of(Ask ask, Account account);
    }

    private ResponseEntity<byte[]> result(long id, Limit limit, Body body) {
        Account account = desk.account();
        List<Ask> asks = asking.asking().history(desk.viewer(), id);
        if (asks.isEmpty()) {
            return Reply.missing();
        }
        Optional<Duration> wait = account.is(Role.ADMIN) ? Optional.empty() : limit.wait(account.id(), id);
        return wait.isPresent()
                ? Reply.later(wait.get(), Told.JUST_LOOKED)
                : Reply.json(body.of(asks.getFirst(), account));
    }

    /** What the account has asked and may ask. */
    @GetMapping("/quota")
    ResponseEntity<byte[]> quota() {
        Quota quota = asking.asking().quota(desk.account());
        ObjectNode json = Reply.object();
        json.putObject("hard")
                .put("interval", "P7D")
                .put("limit", quota.weekMax())
                .put("used", quota.usedThisWeek())
                .put("locked", quota.locked());
        json.putObject("soft")
                .put("interval", "PT1M")
                .put("limit", shown.rules().questionsPerMinute());
        return Reply.json(json);
    }

    /** How many breakdowns the account may still open. */
    @GetMapping("/detailed-obfuscated-result-rate-limit")
    ResponseEntity<byte[]> limit() {
        PollLimits.Left left = shown.polls().left(desk.account().id());
        return Reply.json(Reply.object().put("limit", left.limit()).put("remaining", left.remaining()));
    }

    /** The question as CQL, for reading. */
    @PostMapping("/cql")
    ResponseEntity<byte[]> cql(@RequestBody byte[] ccdl) {
        return switch (FileRead.of(ccdl, readings.catalogue())) {
            case FileRead.Unreadable(var problem) -> Reply.invalid(List.of(problem));
            case FileRead.Understood read -> {
                var query = read.query();
                yield query == null
                        ? Reply.invalid(read.problems())
                        : Reply.bytes(
                                new MediaType("text", "cql", StandardCharsets.UTF_8),
                                readings.cql(query).getBytes(StandardCharsets.UTF_8));
            }
        };
    }
}
