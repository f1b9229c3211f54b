package allmende.core.consent;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that one patient has declared, in the order of declaration. A later declaration overrides earlier ones for the
 * policies and days that it speaks of; what was declared on the same day is one declaration, in which denials win.
 *
 * <p>Every question names an evaluation day: what was declared after it does not count.
 */
public final class Declarations {

    /** Permits before denials of the same day: who goes through them in order and lets each override, is right. */
    private static final Comparator<Statement> ORDER = Declarations::compare;

    private final PolicyCatalogue catalogue;
    private final List<Statement> statements;
    private final boolean none;

    Declarations(PolicyCatalogue catalogue, List<ConsentRecord> records) {
        this.catalogue = catalogue;
        this.none = records.isEmpty();
        this.statements = new ArrayList<>();
        records.forEach(record -> statements.addAll(record.statements()));
        statements.sort(ORDER);
    }

    // by hand, since a chain of comparators takes longer than the rest of the evaluation
    private static int compare(Statement one, Statement other) {
        if (one.order() != other.order()) {
            return Integer.compare(one.order(), other.order());
        }
        if (one.permit() != other.permit()) {
            return one.permit() ? -1 : 1;
        }
        int consents = one.consent().compareTo(other.consent());
        if (consents != 0) {
            return consents;
        }
        if (one.place() != other.place()) {
            return Integer.compare(one.place(), other.place());
        }
        if (one.from() != other.from()) {
            return Integer.compare(one.from(), other.from());
        }
        return one.until() == other.until()
                ? Integer.compare(one.policy(), other.policy())
                : Integer.compare(one.until(), other.until());
    }

    /** Whether there is no Consent at all, not even one that does not count. */
    boolean none() {
        return none;
    }

    /** All of them, earlier ones first. */
    List<Statement> statements() {
        return statements;
    }

    /** Numbers of the policies and modules that are spoken of, the policies of modules included; not those of "all". */
    BitSet policies() {
        BitSet policies = new BitSet(catalogue.size());
        for (Statement statement : statements) {
            if (statement.policy() != Policy.ALL) {
                policies.set(statement.policy());
                for (int member : catalogue.members(statement.policy())) {
                    policies.set(member);
                }
            }
        }
        return policies;
    }

    /** Whether a statement speaks of a policy: of itself, of its module, of all. */
    boolean speaksOf(Statement statement, Policy policy) {
        return statement.policy() == policy.number()
                || statement.policy() == Policy.ALL
                || (policy.module() > 0 && statement.policy() == policy.module());
    }

    /**
     * The last day on which a statement holds for a policy. A permit ends with the policy's validity, which runs from
     * the beginning of the permit or, if that is later, from the declaration; five years from 1 September 2020 end on
     * 31 August 2025.
     */
    static int until(Statement statement, Policy policy) {
        Integer years = policy.years();
        if (!statement.permit() || years == null) {
            return statement.until();
        }
        LocalDate begun = LocalDate.ofEpochDay(Math.max(statement.from(), statement.order()));
        LocalDate again = begun.plusYears(years);
        // years that began on 29 February end on the last of February
        LocalDate last = again.getDayOfMonth() == begun.getDayOfMonth() ? again.minusDays(1) : again;
        return (int) Math.min(statement.until(), last.toEpochDay());
    }

    /** The statement that decides about a policy on the evaluation day itself; null where none speaks of it. */
    @Nullable
    Statement deciding(Policy policy, int day) {
        for (int i = statements.size() - 1; i >= 0; i--) {
            Statement statement = statements.get(i);
            if (speaksOf(statement, policy)
                    && statement.known() <= day
                    && statement.from() <= day
                    && day <= until(statement, policy)) {
                return statement;
            }
        }
        return null;
    }

    /** Whether a policy is permitted on the evaluation day. */
    boolean permittedOn(Policy policy, int day) {
        Statement deciding = deciding(policy, day);
        return deciding != null && deciding.permit();
    }

    /** All days for which a policy is permitted by what was declared up to the evaluation day. */
    DayIntervals days(Policy policy, int day) {
        return days(policy, day, Stays.NONE);
    }

    private DayIntervals days(Policy policy, int day, Stays stays) {
        DayIntervals days = DayIntervals.NONE;
        for (Statement statement : statements) {
            if (statement.known() <= day && speaksOf(statement, policy)) {
                days = statement.permit()
                        ? days.with(stays.begin(statement.from()), until(statement, policy))
                        : days.without(statement.from(), statement.until());
            }
        }
        return days;
    }

    /**
     * Whether a consent criterion on this policy is met on the evaluation day: collecting, if there was a day up to then
     * on which data could be collected; anything else, if it is permitted on that very day.
     */
    boolean met(Policy policy, int day) {
        return policy.collecting() ? days(policy, day).touches(DayIntervals.FIRST, day) : permittedOn(policy, day);
    }

    /**
     * The days of which data may be used: those on which collecting was permitted, from the beginning of the stay in
     * hospital in which it was permitted, and the past where that was opened.
     *
     * @param retrospective policies that open the past, as far as the job asks for them
     */
    DayIntervals window(int day, List<Policy> retrospective, Stays stays) {
        Policy collect = catalogue.get(Policy.COLLECT);
        DayIntervals window = days(collect, day, stays);
        for (Policy past : retrospective) {
            if (permittedOn(past, day)) {
                for (Statement statement : statements) {
                    if (opensPast(statement, collect, past, day)) {
                        window = window.with(DayIntervals.FIRST, statement.from() - 1);
                    }
                }
            }
        }
        return window;
    }

    /** A permit to collect, declared together with one for the past, and not denied since. */
    private boolean opensPast(Statement collecting, Policy collect, Policy past, int day) {
        return collecting.permit()
                && speaksOf(collecting, collect)
                && collecting.known() <= day
                && collecting.from() <= day
                && statements.stream().anyMatch(other -> together(collecting, collect, other, past, day))
                && statements.stream().noneMatch(other -> endsPast(other, collecting, collect, day));
    }

    private boolean together(Statement collecting, Policy collect, Statement other, Policy past, int day) {
        return other.permit()
                && speaksOf(other, past)
                && other.order() == collecting.order()
                && other.known() <= day
                && other.from() <= until(collecting, collect)
                && collecting.from() <= until(other, past);
    }

    private boolean endsPast(Statement denial, Statement collecting, Policy collect, int day) {
        return !denial.permit()
                && speaksOf(denial, collect)
                && denial.order() >= collecting.order()
                && denial.known() <= day
                && denial.from() <= day;
    }
}
