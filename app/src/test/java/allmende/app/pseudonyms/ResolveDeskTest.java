package allmende.app.pseudonyms;

import static allmende.app.pseudonyms.TrustCentre.done;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import allmende.app.audit.AuditEvent;
import allmende.app.pseudonyms.ResolveDesk.Holder;
import allmende.app.pseudonyms.ResolveDesk.Step;
import allmende.app.pseudonyms.ResolveDesk.Wish;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Nobody learns an original alone. */
class ResolveDeskTest {

    private static final String PURPOSE = "a finding that has to be told";

    private final PseudonymService service = TrustCentre.service();
    private final ResolveDesk desk = TrustCentre.desk();

    private String asked(String domain, List<String> pseudonyms, @Nullable String machine) {
        assertThat(desk.ask(new Wish(domain, pseudonyms, PURPOSE, machine), "ada"))
                .isEqualTo(Step.DONE);
        return desk.newest(100).stream()
                .filter(request -> request.domain().equals(domain))
                .findFirst()
                .orElseThrow()
                .id();
    }

    private ResolveDesk.Resolved resolved(String who, boolean machine, String domain, String... pseudonyms) {
        return done(desk.resolve(new Holder(who, machine), domain, List.of(pseudonyms)));
    }

    @Test
    void oneAsksAnotherGrantsAndItEnds() {
        TrustCentre.domain("desk/1");
        var made = done(service.create("desk/1", List.of("x", "y")));
        String x = made.get("x");
        String y = made.get("y");
        String id = asked("desk/1", List.of(x), null);

        assertThat(resolved("ada", false, "desk/1", x).granted()).isEmpty();
        assertThat(desk.grant(id, "ada", Duration.ofHours(1))).isEqualTo(Step.OWN);
        assertThat(resolved("ada", false, "desk/1", x).granted()).isEmpty();
        assertThat(desk.grant(id, "bea", Duration.ofHours(1))).isEqualTo(Step.DONE);
        assertThat(desk.refuse(id, "bea", "too late")).isEqualTo(Step.NOT_WAITING);

        ResolveDesk.Resolved resolved = resolved("ada", false, "desk/1", x, y);
        assertThat(resolved.originals()).containsOnlyKeys(x).containsEntry(x, "x");
        assertThat(resolved("bea", false, "desk/1", x).granted()).isEmpty();
        assertThat(resolved("ada", true, "desk/1", x).granted()).isEmpty();

        TrustCentre.now = TrustCentre.now.plus(Duration.ofMinutes(61));
        assertThat(resolved("ada", false, "desk/1", x).granted()).isEmpty();
        assertThat(TrustCentre.TRAIL)
                .extracting(AuditEvent::what)
                .contains("resolve.asked", "resolve.granted", "resolve.resolved");
        assertThat(TrustCentre.TRAIL.toString()).doesNotContain("x,").contains(PURPOSE);
    }

    @Test
    void aProgramResolvesWhatWasGrantedToIt() {
        TrustCentre.domain("desk/2");
        String x = done(service.create("desk/2", List.of("x"))).get("x");
        String id = asked("desk/2", List.of(x), "pipeline");
        assertThat(desk.grant(id, "bea", Duration.ofDays(400))).isEqualTo(Step.DONE);

        assertThat(resolved("pipeline", true, "desk/2", x).originals()).containsEntry(x, "x");
        assertThat(resolved("other", true, "desk/2", x).granted()).isEmpty();
        assertThat(resolved("pipeline", false, "desk/2", x).granted()).isEmpty();
        assertThat(desk.find(id).orElseThrow().open(desk.now().plus(Duration.ofDays(8))))
                .isFalse();
    }

    @Test
    void whatWasRefusedStaysClosed() {
        TrustCentre.domain("desk/3");
        String x = done(service.create("desk/3", List.of("x"))).get("x");
        String id = asked("desk/3", List.of(x), null);

        assertThat(desk.refuse(id, "ada", "")).isEqualTo(Step.OWN);
        assertThat(desk.refuse(id, "bea", "not needed")).isEqualTo(Step.DONE);
        assertThat(desk.grant(id, "cora", Duration.ofHours(1))).isEqualTo(Step.NOT_WAITING);
        assertThat(resolved("ada", false, "desk/3", x).granted()).isEmpty();
    }

    @Test
    void theDatabaseItselfRefusesTheSamePerson() {
        TrustCentre.domain("desk/4");
        String id = asked("desk/4", List.of("anything"), null);

        assertThatThrownBy(() -> service.tables()
                        .jdbc()
                        .sql("update resolve_request set state = 'GRANTED', decided_by = asked_by, decided_at = now(),"
                                + " expires_at = now() where id = ?")
                        .param(id)
                        .update())
                .isInstanceOf(org.springframework.dao.DataIntegrityViolationException.class);
    }

    @Test
    void aWishSaysWhatForAndHowMany() {
        TrustCentre.domain("desk/5");

        assertThat(desk.ask(new Wish("desk/5", List.of("p"), "why", null), "ada"))
                .isEqualTo(Step.PURPOSE);
        assertThat(desk.ask(new Wish("desk/5", List.of(), PURPOSE, null), "ada"))
                .isEqualTo(Step.PSEUDONYMS);
        assertThat(desk.ask(new Wish("desk/5", TrustCentre.originals("p", 1_001), PURPOSE, null), "ada"))
                .isEqualTo(Step.PSEUDONYMS);
        assertThat(desk.ask(new Wish("nowhere", List.of("p"), PURPOSE, null), "ada"))
                .isEqualTo(Step.NO_DOMAIN);
    }
}
