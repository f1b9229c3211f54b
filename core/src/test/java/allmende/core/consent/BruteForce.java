package allmende.core.consent;

import allmende.core.consent.SampleConsent.Provision;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates consent one day at a time, straight from the rules in words: for each day it asks every provision whether it
 * speaks of that day, and takes the one declared last. Knows whole dates only. Slow and short.
 */
final class BruteForce {

    private static final Set<Integer> MODULE_1 = Set.of(2, 3, 4, 5, 6, 7, 8, 9, 37);
    private static final LocalDate LONG_AGO = LocalDate.of(2010, 1, 1);

    private final List<SampleConsent> consents;
    private final List<LocalDate[]> stays;
    private final LocalDate today;

    BruteForce(List<SampleConsent> consents, List<LocalDate[]> stays, LocalDate today) {
        this.consents = consents;
        this.stays = stays;
        this.today = today;
    }

    /** Whether a policy is permitted on a day, by what was declared until today. */
    boolean permitted(int policy, LocalDate day, boolean withStays) {
        LocalDate last = LocalDate.MIN;
        boolean permitted = false;
        boolean denied = false;
        for (SampleConsent consent : consents) {
            LocalDate order = order(consent);
            boolean later = declared(consent) && !order.isBefore(last);
            for (Provision provision : later ? consent.provisions() : List.<Provision>of()) {
                if (counts(consent, provision)
                        && about(provision, policy)
                        && holds(consent, provision, policy, day, withStays)) {
                    if (order.isAfter(last)) {
                        permitted = false;
                        denied = false;
                        last = order;
                    }
                    permitted |= provision.type().equals("permit");
                    denied |= !provision.type().equals("permit");
                }
            }
        }
        return permitted && !denied;
    }

    /** The beginnings of collecting before which all days are open; none where the past is not. */
    private List<LocalDate> openedBefore() {
        List<LocalDate> beginnings = new ArrayList<>();
        if (!permitted(45, today, false)) {
            return beginnings;
        }
        for (SampleConsent consent : consents) {
            for (Provision collect : consent.provisions()) {
                boolean opens = declared(consent)
                        && counts(consent, collect)
                        && collect.type().equals("permit")
                        && about(collect, 6)
                        && !from(consent, collect).isAfter(today)
                        && !deniedSince(order(consent))
                        && together(consent, collect);
                if (opens) {
                    beginnings.add(from(consent, collect));
                }
            }
        }
        return beginnings;
    }

    private boolean together(SampleConsent consent, Provision collect) {
        for (SampleConsent other : consents) {
            for (Provision past : other.provisions()) {
                boolean same = declared(other)
                        && order(other).equals(order(consent))
                        && counts(other, past)
                        && past.type().equals("permit")
                        && about(past, 45);
                for (LocalDate day = LONG_AGO; same && day.getYear() < 2060; day = day.plusDays(1)) {
                    if (holds(consent, collect, 6, day, false) && holds(other, past, 45, day, false)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private boolean deniedSince(LocalDate order) {
        for (SampleConsent consent : consents) {
            for (Provision denial : consent.provisions()) {
                if (declared(consent)
                        && counts(consent, denial)
                        && denial.type().equals("deny")
                        && about(denial, 6)
                        && !order(consent).isBefore(order)
                        && !from(consent, denial).isAfter(today)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean declared(SampleConsent consent) {
        return consent.signed() == null || !LocalDate.parse(consent.signed()).isAfter(today);
    }

    /** The day that a Consent is as old as; without a date it is the last of all. */
    private static LocalDate order(SampleConsent consent) {
        return consent.signed() == null ? LocalDate.MAX : LocalDate.parse(consent.signed());
    }

    private static boolean counts(SampleConsent consent, Provision provision) {
        return switch (consent.status()) {
            case "active" -> consent.signed() != null || !provision.type().equals("permit");
            case "draft", "entered-in-error" -> false;
            default -> !provision.type().equals("permit");
        };
    }

    private static boolean about(Provision provision, int policy) {
        return provision.codes().isEmpty()
                ? !provision.type().equals("permit")
                : provision.codes().contains(String.valueOf(policy))
                        || (provision.codes().contains("1") && MODULE_1.contains(policy));
    }

    private static LocalDate from(SampleConsent consent, Provision provision) {
        @Nullable
        String start = provision.period() == null ? null : provision.period().start();
        if (start != null) {
            return LocalDate.parse(start);
        }
        return provision.type().equals("permit") ? LocalDate.parse(String.valueOf(consent.signed())) : LONG_AGO;
    }

    private boolean holds(SampleConsent consent, Provision provision, int policy, LocalDate day, boolean withStays) {
        boolean permit = provision.type().equals("permit");
        LocalDate from = from(consent, provision);
        LocalDate begin = from;
        for (LocalDate[] stay : permit && withStays ? stays : List.<LocalDate[]>of()) {
            if (stay[0].isBefore(from) && !from.isAfter(stay[1]) && stay[0].isBefore(begin)) {
                begin = stay[0];
            }
        }
        @Nullable
        String end = provision.period() == null ? null : provision.period().end();
        boolean inTime = !day.isBefore(begin) && (end == null || !day.isAfter(LocalDate.parse(end)));
        // valid until the day on which the years are complete
        LocalDate since = permit && from.isBefore(order(consent)) ? order(consent) : from;
        LocalDate limit = since.plusYears(policy == 6 || policy == 19 ? 5 : 30);
        boolean leap = since.getMonthValue() == 2 && since.getDayOfMonth() == 29 && !limit.isLeapYear();
        return inTime && (!permit || day.isBefore(limit) || (leap && day.equals(limit)));
    }

    /** Days on which data may be used, of a range. */
    Set<LocalDate> usableDays(LocalDate first, LocalDate last, boolean pastAsked) {
        List<LocalDate> beginnings = pastAsked ? openedBefore() : List.of();
        List<LocalDate> days = new ArrayList<>();
        for (LocalDate day = first; !day.isAfter(last); day = day.plusDays(1)) {
            LocalDate one = day;
            if (permitted(6, day, true) || beginnings.stream().anyMatch(one::isBefore)) {
                days.add(day);
            }
        }
        return new TreeSet<>(days);
    }
}
