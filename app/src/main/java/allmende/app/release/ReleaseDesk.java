package allmende.app.release;

import allmende.core.cohort.CohortQuery;
import allmende.core.disclosure.Budget;
import allmende.core.disclosure.CohortCounts;
import allmende.core.disclosure.CountGate;
import allmende.core.disclosure.CountReport;
import allmende.core.disclosure.Disclosed;
import allmende.core.disclosure.DisclosureRules;
import allmende.core.disclosure.LedgerEntry;
import allmende.core.disclosure.NoiseKey;
import allmende.core.disclosure.Question;
import allmende.core.disclosure.Refusal;
import allmende.core.disclosure.RulesRead;
import allmende.core.disclosure.SiteAnswer;
import allmende.core.disclosure.SiteAnswerJson;
import allmende.core.disclosure.Strata;
import allmende.core.disclosure.Unreleased;
import allmende.core.fhir.FhirJson;
import allmende.engine.count.AgeSexCell;
import allmende.engine.count.CohortReport;
import allmende.engine.store.SideTables;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Releases reports to requesters of portals. The charge, the ledger's entry and the answer are one transaction: after a
 * crash either nothing was charged, or asking again gives the same answer without another charge. A portal's accounts are
 * held while one of its questions is decided, so questions at the same time can't overspend. Thread-safe.
 */
public final class ReleaseDesk {

    private static final double MILLION = 1e6;

    /** The requester's part of the key of a portal's own account. */
    private static final String ALL = "";

    private final DisclosureRules rules;
    private final CountGate gate;
    private final Ledger ledger;
    private final TransactionTemplate transaction;
    private final InstantSource clock;

    private ReleaseDesk(DisclosureRules rules, NoiseKey key, SideTables tables, InstantSource clock) {
        this.rules = rules;
        this.gate = new CountGate(rules, key);
        this.ledger = new Ledger(JdbcClient.create(tables.dataSource()));
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(tables.dataSource()));
        this.clock = clock;
    }

    /**
     * Opens the desk: reads the rules and the key for noise from the data folder, makes them where there are none.
     *
     * @param tables schema {@code release}
     * @throws allmende.app.site.SiteUnavailable if rules or key can't be used
     */
    public static ReleaseDesk open(Path data, SideTables tables, InstantSource clock) {
        return new ReleaseDesk(DisclosureFile.load(data), KeyFile.load(data), tables, clock);
    }

    /** The site's rules. */
    public DisclosureRules rules() {
        return rules;
    }

    /**
     * Releases what was counted, or refuses since a budget is used up. Repeats of an answered question over the same
     * snapshot get the same answer and cost nothing.
     *
     * @param query the question that was counted; how it is written makes no difference
     * @param today the day that ages were counted on
     */
    public SiteAnswer release(CohortReport report, CohortQuery query, LocalDate today, Requester requester) {
        Question question = Question.of(query, today, rules);
        Unreleased<CohortCounts> counts = Unreleased.of(new CohortCounts(
                report.answer().funnel(),
                strata(report.distribution()),
                report.answer().t()));
        SiteAnswer answer = transaction.execute(
                status -> new Case(counts, report.answer().t(), question, requester, clock.instant()).decide());
        if (answer == null) {
            throw new IllegalStateException("a decision was not made");
        }
        return answer;
    }

    /** Patients whose age is not known are in no cell. */
    private static Strata strata(List<AgeSexCell> distribution) {
        int[] patients = new int[Strata.SIZE];
        for (AgeSexCell cell : distribution) {
            if (cell.ageFrom() >= 0) {
                patients[Strata.cell(cell.ageFrom(), cell.sex())] += Math.toIntExact(cell.patients());
            }
        }
        return Strata.of(patients);
    }

    /** What a requester may still spend. */
    public Balance balance(Requester requester) {
        Instant now = clock.instant();
        Budget budget = rules.budget();
        return new Balance(
                left(budget.requesterMicro(), ledger.look(requester.portal(), requester.pseudonym(), now), now),
                left(budget.portalMicro(), ledger.look(requester.portal(), ALL, now), now));
    }

    private double left(long capacity, Budget.Spent spent, Instant now) {
        return Math.max(
                        0,
                        capacity - rules.budget().refilled(capacity, spent, now).micro())
                / MILLION;
    }

    /** The newest entries of the ledger first, for the site's staff. */
    public List<LedgerEntry> ledger(int limit) {
        return ledger.entries(limit);
    }

    /** One question of one requester, within a transaction. */
    private final class Case {

        private final Unreleased<CohortCounts> counts;
        private final long t;
        private final Question question;
        private final Requester requester;
        private final Instant now;

        Case(Unreleased<CohortCounts> counts, long t, Question question, Requester requester, Instant now) {
            this.counts = counts;
            this.t = t;
            this.question = question;
            this.requester = requester;
            this.now = now;
        }

        SiteAnswer decide() {
            Budget budget = rules.budget();
            // always the portal's account first: who holds it is alone with the portal's questions
            Budget.Spent ofPortal = ledger.hold(requester.portal(), ALL, now);
            Budget.Spent ofRequester = ledger.hold(requester.portal(), requester.pseudonym(), now);
            Ledger.Known known = ledger.requesterKnows(requester, question, t);
            Ledger.Costs costs = new Ledger.Costs(cost(known), cost(ledger.portalKnows(requester, question, t)));
            Budget.Charge portal = budget.charge(budget.portalMicro(), ofPortal, costs.portal(), now);
            Budget.Charge own = budget.charge(budget.requesterMicro(), ofRequester, costs.requester(), now);
            return switch (portal) {
                case Budget.Charge.Exhausted(Instant retryAfter) -> refused(retryAfter);
                case Budget.Charge.Granted granted ->
                    switch (own) {
                        case Budget.Charge.Exhausted(Instant retryAfter) -> refused(retryAfter);
                        case Budget.Charge.Granted ownGranted -> {
                            if (known != Ledger.Known.ALL) {
                                ledger.keep(requester.portal(), ALL, granted.spent());
                                ledger.keep(requester.portal(), requester.pseudonym(), ownGranted.spent());
                                ledger.enter(requester, question, t, costs, now);
                            }
                            yield new SiteAnswer.Counted(report(known, ownGranted.left()));
                        }
                    };
            };
        }

        private long cost(Ledger.Known known) {
            return switch (known) {
                case NOTHING -> rules.microEpsilon();
                case ALL_BUT_FUNNEL -> rules.microEpsilon() * rules.shares().funnel() / 100;
                case ALL -> 0;
            };
        }

        private CountReport report(Ledger.Known known, long left) {
            Budget budget = rules.budget();
            CountReport.Privacy privacy = new CountReport.Privacy(
                    rules.epsilon(),
                    known != Ledger.Known.ALL,
                    left / MILLION,
                    budget.requester(),
                    budget.refillDays(),
                    rules.minimum());
            CountReport report = sameDay(gate.release(counts, question, privacy).content());
            if (known == Ledger.Known.ALL || !ledger.keepAnswer(question, t, write(report), now)) {
                CountReport given =
                        ledger.answer(question, t).map(ReleaseDesk::read).orElse(report);
                return sameNumbers(report, given) ? report : with(given, given.distribution(), privacy);
            }
            return report;
        }

        /**
         * Over the same data, ages move with the days, but their noise must not meet two true counts. So the first answer's
         * distribution stays, in whatever order the groups are asked.
         */
        private CountReport sameDay(CountReport report) {
            return ledger.firstAnswer(question, t)
                    .map(first -> with(report, read(first).distribution(), report.privacy()))
                    .orElse(report);
        }
    }

    private static boolean sameNumbers(CountReport one, CountReport other) {
        return one.total().equals(other.total())
                && remaining(one).equals(remaining(other))
                && one.distribution().equals(other.distribution());
    }

    private static List<Disclosed> remaining(CountReport report) {
        return Stream.concat(report.inclusion().stream(), report.exclusion().stream())
                .map(CountReport.Step::remaining)
                .toList();
    }

    private static SiteAnswer refused(Instant retryAfter) {
        return new SiteAnswer.Refused(
                new Refusal(Refusal.Reason.BUDGET, retryAfter.equals(Instant.MAX) ? null : retryAfter));
    }

    private static CountReport with(
            CountReport report, List<CountReport.Cell> distribution, CountReport.Privacy privacy) {
        return new CountReport(
                report.total(), report.inclusion(), report.exclusion(), distribution, report.t(), privacy);
    }

    private static String write(CountReport report) {
        return new String(FhirJson.write(SiteAnswerJson.write(new SiteAnswer.Counted(report))), StandardCharsets.UTF_8);
    }

    private static CountReport read(String json) {
        if (SiteAnswerJson.read(FhirJson.parse(json.getBytes(StandardCharsets.UTF_8)))
                instanceof RulesRead.Valid<SiteAnswer>(SiteAnswer.Counted(CountReport report))) {
            return report;
        }
        throw new IllegalStateException("the kept answer is no answer");
    }
}
