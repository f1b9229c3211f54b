package allmende.core.disclosure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** The gate for deliveries: what it lets out, and that nothing else gets out. */
class DeliveryGateTest {

    private static final Instant NOW = Instant.parse("2026-05-04T10:00:00Z");
    private static final CommitteeVote FOR = new CommitteeVote(true, LocalDate.of(2026, 4, 30), "UAC 17");
    private static final DeliveryBinding BINDING = new DeliveryBinding(
            "PRJ-1",
            "Heart failure",
            FOR,
            "c0ffee",
            "beef",
            17,
            LocalDate.of(2026, 5, 1),
            "key-1",
            "f11e5",
            NOW.plus(Duration.ofDays(30)));

    private static Approval of(String person) {
        return new Approval(person, Approval.Role.TRANSFER_OFFICE, NOW.minusSeconds(60), BINDING.hash());
    }

    private static DeliveryCase by(Approval... approvals) {
        return new DeliveryCase(BINDING, "bob", List.of(approvals), false, 0);
    }

    private static DeliveryDecision<String> decide(DeliveryCase facts) {
        return DeliveryGate.decide(Unreleased.of("files"), facts, NOW);
    }

    private static void assertRefused(DeliveryCase facts, DeliveryRefusal reason) {
        assertThat(decide(facts)).isEqualTo(new DeliveryDecision.Refused<>(reason));
    }

    @Example
    void twoDifferentPeopleOfTheTransferOfficeLetItOut() {
        assertThat(decide(by(of("ada"), of("eve")))).isInstanceOfSatisfying(DeliveryDecision.Granted.class, granted -> {
            DeliveryDecision.Ticket<?> ticket =
                    (DeliveryDecision.Ticket<?>) granted.ticket().content();
            assertThat(ticket.delivery()).isEqualTo("files");
            assertThat(ticket.approvedBy()).isEqualTo(List.of("ada", "eve"));
            assertThat(ticket.binding()).isEqualTo(BINDING);
        });
    }

    @Example
    void whatIsMissingIsNamed() {
        assertRefused(by(), DeliveryRefusal.NOT_APPROVED);
        assertRefused(by(of("ada")), DeliveryRefusal.ONE_APPROVAL);
        assertRefused(by(of("ada"), of(" Ada")), DeliveryRefusal.SAME_PERSON);
        assertRefused(by(of("ada"), of("bob")), DeliveryRefusal.BUILDER);
        assertRefused(
                by(of("ada"), new Approval("eve", Approval.Role.OTHER, NOW, BINDING.hash())),
                DeliveryRefusal.NOT_TRANSFER_OFFICE);
        assertRefused(
                by(of("ada"), new Approval("eve", Approval.Role.TRANSFER_OFFICE, NOW, "another")),
                DeliveryRefusal.CHANGED);
        assertRefused(
                by(of("ada"), new Approval("eve", Approval.Role.TRANSFER_OFFICE, NOW.plusSeconds(1), BINDING.hash())),
                DeliveryRefusal.CHANGED);
    }

    @Example
    void whatIsStoppedExpiredOrWithdrawnStaysWhoeverApproves() {
        List<Approval> both = List.of(of("ada"), of("eve"));
        assertRefused(new DeliveryCase(BINDING, "bob", both, true, 0), DeliveryRefusal.STOPPED);
        assertRefused(new DeliveryCase(BINDING, "bob", both, false, 1), DeliveryRefusal.WITHDRAWN);
        assertThat(DeliveryGate.decide(
                        Unreleased.of("files"), new DeliveryCase(BINDING, "bob", both, false, 0), BINDING.expiry()))
                .isEqualTo(new DeliveryDecision.Refused<>(DeliveryRefusal.EXPIRED));
    }

    @Example
    void peopleAreToldBeforehandWhetherTheirWordCounts() {
        assertThat(DeliveryGate.mayApprove(of("ada"), by(), NOW)).isEmpty();
        assertThat(DeliveryGate.mayApprove(of("ADA"), by(of("ada")), NOW)).contains(DeliveryRefusal.SAME_PERSON);
        assertThat(DeliveryGate.mayApprove(of("bob"), by(), NOW)).contains(DeliveryRefusal.BUILDER);
        assertThat(DeliveryGate.mayApprove(of("ada"), by(), BINDING.expiry())).contains(DeliveryRefusal.EXPIRED);
    }

    /** Each change of one part of a binding. */
    private static final List<UnaryOperator<DeliveryBinding>> CHANGES = List.of(
            b -> with(b, b.project() + "x", b.purpose(), b.crtdlHash(), b.ruleSetHash()),
            b -> with(b, b.project(), b.purpose() + "x", b.crtdlHash(), b.ruleSetHash()),
            b -> with(b, b.project(), b.purpose(), b.crtdlHash() + "0", b.ruleSetHash()),
            b -> with(b, b.project(), b.purpose(), b.crtdlHash(), b.ruleSetHash() + "0"),
            b -> with(b, b.project() + b.purpose().charAt(0), b.purpose().substring(1) + " ", b.crtdlHash(), "r"),
            b -> rest(b, b.snapshotT() + 1, b.consentDay(), b.recipientKey(), b.contentHash()),
            b -> rest(b, b.snapshotT(), b.consentDay().plusDays(1), b.recipientKey(), b.contentHash()),
            b -> rest(b, b.snapshotT(), b.consentDay(), b.recipientKey() + "0", b.contentHash()),
            b -> rest(b, b.snapshotT(), b.consentDay(), b.recipientKey(), b.contentHash() + "0"),
            b -> new DeliveryBinding(
                    b.project(),
                    b.purpose(),
                    b.vote(),
                    b.crtdlHash(),
                    b.ruleSetHash(),
                    b.snapshotT(),
                    b.consentDay(),
                    b.recipientKey(),
                    b.contentHash(),
                    b.expiry().plusSeconds(1)),
            b -> voted(b, new CommitteeVote(true, LocalDate.of(2026, 4, 30), "UAC 18")),
            b -> voted(b, new CommitteeVote(true, LocalDate.of(2026, 4, 29), "UAC 17")));

    private static DeliveryBinding voted(DeliveryBinding b, @Nullable CommitteeVote vote) {
        return new DeliveryBinding(
                b.project(),
                b.purpose(),
                vote,
                b.crtdlHash(),
                b.ruleSetHash(),
                b.snapshotT(),
                b.consentDay(),
                b.recipientKey(),
                b.contentHash(),
                b.expiry());
    }

    @Example
    void withoutTheCommitteeNothingLeavesWhoeverApproves() {
        for (CommitteeVote vote : Arrays.asList(null, new CommitteeVote(false, FOR.day(), FOR.reference()))) {
            DeliveryBinding binding = voted(BINDING, vote);
            List<Approval> both = List.of(
                    new Approval("ada", Approval.Role.TRANSFER_OFFICE, NOW, binding.hash()),
                    new Approval("eve", Approval.Role.TRANSFER_OFFICE, NOW, binding.hash()));
            assertRefused(new DeliveryCase(binding, "bob", both, false, 0), DeliveryRefusal.NO_VOTE);
            assertThat(DeliveryGate.mayApprove(
                            both.getFirst(), new DeliveryCase(binding, "bob", List.of(), false, 0), NOW))
                    .contains(DeliveryRefusal.NO_VOTE);
        }
    }

    private static DeliveryBinding with(DeliveryBinding b, String project, String purpose, String crtdl, String rules) {
        return new DeliveryBinding(
                project,
                purpose,
                b.vote(),
                crtdl,
                rules,
                b.snapshotT(),
                b.consentDay(),
                b.recipientKey(),
                b.contentHash(),
                b.expiry());
    }

    private static DeliveryBinding rest(DeliveryBinding b, long t, LocalDate day, String key, String content) {
        return new DeliveryBinding(
                b.project(), b.purpose(), b.vote(), b.crtdlHash(), b.ruleSetHash(), t, day, key, content, b.expiry());
    }

    @Property(tries = 100)
    void anyChangeOfTheBindingMakesBothApprovalsVoid(@ForAll("changes") UnaryOperator<DeliveryBinding> change) {
        DeliveryBinding changed = change.apply(BINDING);

        assertThat(changed.hash()).isNotEqualTo(BINDING.hash());
        assertRefused(
                new DeliveryCase(changed, "bob", List.of(of("ada"), of("eve")), false, 0), DeliveryRefusal.CHANGED);
    }

    @Provide
    Arbitrary<UnaryOperator<DeliveryBinding>> changes() {
        return Arbitraries.of(CHANGES);
    }

    /** Whatever approvals come, in whatever order: only two people who count by themselves let it out. */
    @Property(tries = 500)
    void itLeavesExactlyWhereTwoPeopleCount(@ForAll("approvals") List<Approval> approvals) {
        Set<String> counting = new HashSet<>();
        for (Approval approval : approvals) {
            if (approval.role() == Approval.Role.TRANSFER_OFFICE
                    && approval.bindingHash().equals(BINDING.hash())
                    && !approval.person().equals("bob")
                    && !approval.at().isAfter(NOW)) {
                counting.add(approval.person());
            }
        }

        assertThat(decide(by(approvals.toArray(Approval[]::new))) instanceof DeliveryDecision.Granted)
                .isEqualTo(counting.size() >= 2);
    }

    /** More words never shut what two words have opened, and taking one away never opens it. */
    @Property(tries = 300)
    void moreApprovalsNeverShutIt(@ForAll("approvals") List<Approval> approvals, @ForAll("one") Approval more) {
        boolean before = decide(by(approvals.toArray(Approval[]::new))) instanceof DeliveryDecision.Granted;
        List<Approval> longer = new ArrayList<>(approvals);
        longer.add(more);
        boolean after = decide(by(longer.toArray(Approval[]::new))) instanceof DeliveryDecision.Granted;

        assertThat(after || !before).isTrue();
    }

    @Provide
    Arbitrary<Approval> one() {
        return Combinators.combine(
                        Arbitraries.of("ada", "bob", "eve", "joe"),
                        Arbitraries.of(
                                Approval.Role.TRANSFER_OFFICE, Approval.Role.TRANSFER_OFFICE, Approval.Role.OTHER),
                        Arbitraries.longs().between(-100, 20),
                        Arbitraries.of(BINDING.hash(), BINDING.hash(), "another"))
                .as((person, role, seconds, hash) -> new Approval(person, role, NOW.plusSeconds(seconds), hash));
    }

    @Provide
    Arbitrary<List<Approval>> approvals() {
        return one().list().ofMaxSize(6);
    }
}
