package allmende.core.consent;

import allmende.core.consent.ConsentRecord.Oddity;
import allmende.core.fhir.TimeSpan;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What one patient permits on a day, policy by policy, and why: which declaration, which provision, overridden by which.
 * Holds ids of Consents, no names.
 *
 * @param day the evaluation day
 * @param declarations the patient's Consents, earlier ones first
 * @param policies all policies that any of them speaks of, by number
 * @param window the days of which data may be used for research where the past is asked for, too; none where refused
 * @param refusal why nothing may be used for research; empty where something may
 */
public record ConsentExplanation(
        LocalDate day,
        List<Declaration> declarations,
        List<PolicyAnswer> policies,
        DayIntervals window,
        Optional<ConsentReason> refusal) {

    public ConsentExplanation {
        declarations = List.copyOf(declarations);
        policies = List.copyOf(policies);
    }

    /** A remark on a Consent: what is odd, and where. */
    public record Remark(ConsentReason reason, String path) {}

    /**
     * A Consent.
     *
     * @param consent its id
     * @param form {@code document}, {@code policy} or {@code consent-status}
     * @param status as written
     * @param from day on which it was declared, the first one possible; null without a date
     * @param until the last one possible
     * @param permits how many policies its provisions permit, as far as they count
     * @param denials how many they deny; provisions that deny all count once
     */
    public record Declaration(
            String consent,
            String form,
            String status,
            @Nullable LocalDate from,
            @Nullable LocalDate until,
            int permits,
            int denials,
            List<Remark> remarks) {
        public Declaration {
            remarks = List.copyOf(remarks);
        }
    }

    /** What becomes of a statement on the evaluation day. */
    public enum Effect {
        /** It decides. */
        DECIDES,
        /** A later declaration, or a denial of the same day, overrides it. */
        OVERRIDDEN,
        /** Its period or the policy's validity has ended. */
        ENDED,
        /** Its period has not begun. */
        NOT_BEGUN,
        /** It is declared after the evaluation day. */
        NOT_DECLARED
    }

    /**
     * What one provision says about a policy.
     *
     * @param consent id of the Consent
     * @param path of the provision in it
     * @param permit whether it permits; else it denies
     * @param named number of the policy or module that it names; 0 for all
     * @param from first day on which it holds; {@link LocalDate#MIN} for an open beginning
     * @param until last day on which it holds; {@link LocalDate#MAX} for an open end
     * @param shortened whether the policy's validity ends before the period that is written
     */
    public record Step(
            String consent,
            String path,
            boolean permit,
            int named,
            LocalDate from,
            LocalDate until,
            boolean shortened,
            Effect effect) {}

    /**
     * A policy.
     *
     * @param permitted whether it is permitted on the day
     * @param days all days for which it is permitted by what was declared until then
     * @param deciding the step that decides; null where none holds on the day
     * @param steps all that was said about it, earlier declarations first
     */
    public record PolicyAnswer(
            Policy policy,
            boolean permitted,
            DayIntervals days,
            @Nullable Step deciding,
            List<Step> steps) {
        public PolicyAnswer {
            steps = List.copyOf(steps);
        }
    }

    /**
     * Explains what a patient permits.
     *
     * @param consents all Consents of the patient, in any order
     * @param encounters all Encounters of the patient
     */
    public static ConsentExplanation of(List<JsonNode> consents, List<JsonNode> encounters, LocalDate day) {
        PolicyCatalogue catalogue = PolicyCatalogue.shipped();
        List<ConsentRecord> records = consents.stream()
                .map(consent -> ConsentReader.read(consent, catalogue))
                .sorted(Comparator.comparingLong(ConsentExplanation::order).thenComparing(ConsentRecord::id))
                .toList();
        Declarations declarations = new Declarations(catalogue, records);
        BitSet spokenOf = declarations.policies();
        // the two that research rests on are told of even where nobody spoke of them
        spokenOf.set(Policy.COLLECT);
        spokenOf.set(Policy.USE);
        List<PolicyAnswer> policies = new ArrayList<>();
        for (int number = spokenOf.nextSetBit(0); number >= 0; number = spokenOf.nextSetBit(number + 1)) {
            Policy policy = catalogue.find(number);
            if (policy != null) {
                policies.add(answer(declarations, policy, (int) day.toEpochDay()));
            }
        }
        ConsentRequest everything = new ConsentRequest(
                new TreeSet<>(catalogue.all().stream().map(Policy::code).toList()), day, Rules.ALLMENDE);
        PatientConsent research = new ConsentJob(everything).of(consents, encounters);
        return new ConsentExplanation(
                day,
                records.stream().map(ConsentExplanation::declaration).toList(),
                policies,
                research.window(),
                research.refusal());
    }

    private static long order(ConsentRecord record) {
        TimeSpan signed = record.signed();
        return signed == null ? Long.MAX_VALUE : signed.startMinute();
    }

    private static Declaration declaration(ConsentRecord record) {
        TimeSpan signed = record.signed();
        long permits = record.statements().stream().filter(Statement::permit).count();
        return new Declaration(
                record.id(),
                switch (record.form()) {
                    case DOCUMENT -> "document";
                    case POLICY -> "policy";
                    case STATUS -> "consent-status";
                },
                record.status(),
                signed == null ? null : date(ProvisionPeriod.day(signed.startMinute())),
                signed == null ? null : date(ProvisionPeriod.day(signed.endMinute())),
                (int) permits,
                (int) (record.statements().size() - permits),
                record.oddities().stream().map(ConsentExplanation::remark).toList());
    }

    private static Remark remark(Oddity oddity) {
        return new Remark(oddity.reason(), Statement.path(oddity.place()));
    }

    private static PolicyAnswer answer(Declarations declarations, Policy policy, int day) {
        Statement deciding = declarations.deciding(policy, day);
        List<Step> steps = new ArrayList<>();
        Step decides = null;
        for (Statement statement : declarations.statements()) {
            if (declarations.speaksOf(statement, policy)) {
                Step step = step(statement, policy, day, statement.equals(deciding));
                steps.add(step);
                decides = step.effect() == Effect.DECIDES ? step : decides;
            }
        }
        return new PolicyAnswer(
                policy, deciding != null && deciding.permit(), declarations.days(policy, day), decides, steps);
    }

    private static Step step(Statement statement, Policy policy, int day, boolean decides) {
        int until = Declarations.until(statement, policy);
        Effect effect;
        if (decides) {
            effect = Effect.DECIDES;
        } else if (statement.known() > day) {
            effect = Effect.NOT_DECLARED;
        } else if (statement.from() > day) {
            effect = Effect.NOT_BEGUN;
        } else {
            effect = until < day ? Effect.ENDED : Effect.OVERRIDDEN;
        }
        return new Step(
                statement.consent(),
                statement.path(),
                statement.permit(),
                statement.policy(),
                date(statement.from()),
                date(until),
                until < statement.until(),
                effect);
    }

    private static LocalDate date(int day) {
        return day == DayIntervals.LAST
                ? LocalDate.MAX
                : day == DayIntervals.FIRST ? LocalDate.MIN : LocalDate.ofEpochDay(day);
    }
}
