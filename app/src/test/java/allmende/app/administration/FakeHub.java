package allmende.app.administration;

import allmende.app.federation.AnswerListener;
import allmende.app.federation.Decided;
import allmende.app.federation.EnrolmentRequest;
import allmende.app.federation.Hub;
import allmende.app.federation.Member;
import allmende.app.federation.PartyId;
import allmende.app.federation.PublicationListener;
import allmende.app.federation.TaskKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** A hub with one site and one request, which it grants. */
public final class FakeHub implements Hub {

    private final List<Member> members = new ArrayList<>(List.of(member("nordufer", "Klinikum Nordufer")));
    private final List<EnrolmentRequest> requests = new ArrayList<>(List.of(new EnrolmentRequest(
            "r1", new PartyId("suedhang"), "Klinik Südhang", "K7QF-2M9T-XWPA-R4HD-E6ZB-N3CJ", Instant.EPOCH)));

    private static Member member(String id, String name) {
        return new Member(
                new PartyId(id), name, Member.State.ENROLLED, "AAAA-BBBB-CCCC", true, Instant.EPOCH, false, 2);
    }

    @Override
    public String ask(String key, TaskKind kind, JsonNode body, Collection<PartyId> sites, Instant deadline) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Member> members() {
        return List.copyOf(members);
    }

    @Override
    public void onAnswer(AnswerListener listener) {}

    @Override
    public void onPublication(PublicationListener listener) {}

    @Override
    public List<EnrolmentRequest> requests() {
        return List.copyOf(requests);
    }

    @Override
    public Decided accept(String requestId, String by) {
        requests.removeIf(request -> request.id().equals(requestId));
        members.add(member("suedhang", "Klinik Südhang"));
        return Decided.DONE;
    }

    @Override
    public Decided refuse(String requestId, String by) {
        return Decided.UNKNOWN;
    }

    @Override
    public Decided revoke(PartyId site, String by) {
        return members.removeIf(member -> member.id().equals(site)) ? Decided.DONE : Decided.UNKNOWN;
    }

    @Override
    public PartyId id() {
        return new PartyId("portal");
    }

    @Override
    public String fingerprint() {
        return "ZZZZ-YYYY-XXXX";
    }
}
