package allmende.synth.life;

import allmende.synth.chance.Dice;
import allmende.synth.clinic.Care;
import allmende.synth.clinic.Care.Setting;
import allmende.synth.clinic.Care.Timing;
import allmende.synth.clinic.Clinic;
import allmende.synth.clinic.Disease;
import allmende.synth.json.GermanTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts the contacts that a patient's ailments entail into the order of time, none overlapping another. */
final class Schedule {

    /**
     * A contact to come.
     *
     * @param ailment why
     * @param care what is done
     * @param start minute of admission
     * @param end minute of discharge, {@link Long#MAX_VALUE} if it lies beyond the end of observation
     * @param died whether the patient dies in it
     */
    record Slot(Ailment ailment, Care care, long start, long end, boolean died) {}

    private record Wish(Ailment ailment, Care care, int day, boolean last) {}

    private static final double DIES_IN_HOSPITAL = 0.6;
    private static final Care DEATHBED = new Care(
            Setting.STAY,
            new Timing.Yearly(0),
            1,
            new Care.Range(2, 9),
            null,
            0.9,
            0,
            0,
            List.of(),
            List.of(),
            3,
            List.of(),
            List.of());

    private final History history;
    private final Dice dice;
    private final List<Wish> wishes = new ArrayList<>();

    private Schedule(History history, Dice dice) {
        this.history = history;
        this.dice = dice;
    }

    static List<Slot> of(History history, Clinic clinic, Dice dice) {
        Schedule schedule = new Schedule(history, dice);
        history.ailments().forEach(schedule::wishes);
        schedule.minorReason(clinic);
        schedule.deathbed();
        return schedule.slots();
    }

    private void wishes(Ailment ailment) {
        for (Care care : ailment.disease().care()) {
            if (!dice.chance(care.share())) {
                continue;
            }
            switch (care.timing()) {
                case Timing.Yearly yearly -> yearly(ailment, care, yearly.perYear());
                case Timing.Planned planned -> planned(ailment, care, planned);
            }
        }
    }

    private void yearly(Ailment ailment, Care care, double perYear) {
        int from = Math.max(history.entry(), ailment.onset());
        int count = dice.times(perYear * (history.lastDay() - from) / 365.25);
        for (int i = 0; i < count; i++) {
            wish(ailment, care, dice.between(from, history.lastDay()));
        }
    }

    private void planned(Ailment ailment, Care care, Timing.Planned planned) {
        int day = ailment.onset()
                + dice.between(planned.after().low(), planned.after().high());
        int count = dice.between(planned.count().low(), planned.count().high());
        for (int i = 0; i < count; i++) {
            wish(ailment, care, day);
            day += planned.every() > 1 ? planned.every() + dice.between(-1, 1) : planned.every();
        }
    }

    private void wish(Ailment ailment, Care care, int day) {
        if (day >= history.entry() && day <= history.lastDay()) {
            wishes.add(new Wish(ailment, care, day, false));
        }
    }

    /** Nobody is a patient without a reason: who has no other gets a minor one. */
    private void minorReason(Clinic clinic) {
        if (!wishes.isEmpty()) {
            return;
        }
        List<Disease> minor = clinic.diseases()
                .subList(clinic.diseases().size() - 8, clinic.diseases().size());
        Disease disease = dice.pick(minor);
        Ailment reason = Ailment.of(disease, dice.between(history.entry(), history.lastDay()), false, dice);
        wishes.add(new Wish(reason, disease.care().getFirst(), reason.onset(), false));
    }

    private void deathbed() {
        Ailment killer = history.killer();
        if (!history.dead() || killer == null) {
            return;
        }
        if (!killer.disease().chronic() || dice.chance(DIES_IN_HOSPITAL)) {
            Care care = killer.disease().care().stream()
                    .filter(c -> c.setting() == Setting.STAY)
                    .findFirst()
                    .orElse(DEATHBED);
            int from = killer.disease().chronic()
                    ? history.lastDay()
                            - dice.between(1, Math.max(2, care.days().low()))
                    : killer.onset();
            wishes.removeIf(w -> w.ailment().equals(killer) && w.day() >= from);
            wishes.add(new Wish(killer, care, Math.max(history.entry(), from), true));
        }
    }

    private List<Slot> slots() {
        wishes.sort(Comparator.comparing(Wish::last).thenComparingInt(Wish::day));
        List<Slot> slots = new ArrayList<>();
        long free = Long.MIN_VALUE;
        for (Wish wish : wishes) {
            Slot slot = slot(wish, free);
            if (slot != null) {
                slots.add(slot);
                if (slot.died() || slot.end() == Long.MAX_VALUE) {
                    break;
                }
                free = slot.end() + 60;
            }
        }
        return slots;
    }

    private @Nullable Slot slot(Wish wish, long free) {
        boolean stay = wish.care().setting() == Setting.STAY;
        long start = GermanTime.at(wish.day(), stay ? dice.between(360, 1290) : dice.between(450, 930));
        if (start < free) {
            if (!stay) {
                return null;
            }
            start = free;
        }
        long limit = GermanTime.at(history.lastDay(), dice.between(1320, 1430));
        if (start >= limit) {
            return null;
        }
        if (wish.last()) {
            return new Slot(wish.ailment(), wish.care(), start, limit, true);
        }
        long end = stay ? endOfStay(wish, start) : start + (wish.care().setting() == Setting.DAY_CASE ? 300 : 75);
        if (end > limit) {
            // Nobody leaves after death; at the end of observation the patient is still there.
            return history.dead() && !stay
                    ? null
                    : new Slot(
                            wish.ailment(),
                            wish.care(),
                            start,
                            history.dead() ? limit : Long.MAX_VALUE,
                            history.dead());
        }
        return new Slot(wish.ailment(), wish.care(), start, end, false);
    }

    private long endOfStay(Wish wish, long start) {
        int days = dice.between(wish.care().days().low(), wish.care().days().high());
        return GermanTime.at(GermanTime.day(start) + Math.max(1, days), dice.between(540, 900));
    }
}
