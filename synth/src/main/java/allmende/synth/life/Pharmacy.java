package allmende.synth.life;

import allmende.synth.chance.Dice;
import allmende.synth.clinic.Care.Setting;
import allmende.synth.clinic.Disease.Therapy;
import allmende.synth.clinic.Drug;
import allmende.synth.json.GermanTime;
import allmende.synth.life.Medication.Kind;
import java.util.ArrayList;
import java.util.List;

/** What one patient takes at home, and what is ordered and given in the hospital. */
final class Pharmacy {

    /** A drug taken at home since a day. */
    private record Home(Drug drug, int since, Ailment against) {}

    private static final int ADMINISTRATIONS_A_DAY = 2;
    private static final double PRESCRIBED_ON_VISIT = 0.35;
    private static final double SHARED = 0.7;

    /** Groups of drugs (beginnings of ATC codes) of which nobody gets two. */
    private static final List<String> ONLY_ONE =
            List.of("C09", "C07", "C10AA", "C03D", "A10BK", "B01AF", "C03CA", "B01AC", "R03AK", "N06A", "H02AB", "C08");

    private final Dice dice;
    private final List<Home> home = new ArrayList<>();

    Pharmacy(History history, Dice dice) {
        this.dice = dice;
        for (Ailment ailment : history.ailments()) {
            if (ailment.disease().chronic()) {
                for (Therapy therapy : ailment.disease().drugs()) {
                    if (!therapy.stay() && dice.chance(therapy.share())) {
                        begin(dice.pick(therapy.any()), ailment);
                    }
                }
            }
        }
    }

    private void begin(Drug drug, Ailment against) {
        for (Home taken : home) {
            boolean sameGroup = ONLY_ONE.stream()
                    .anyMatch(
                            g -> drug.atc().startsWith(g) && taken.drug().atc().startsWith(g));
            if (sameGroup || taken.drug().atc().equals(drug.atc())) {
                return;
            }
        }
        home.add(new Home(drug, against.onset() + dice.between(0, 120), against));
    }

    List<Medication> medications(Schedule.Slot slot) {
        List<Medication> medications = new ArrayList<>();
        boolean stay = slot.care().setting() == Setting.STAY;
        long end = slot.end() == Long.MAX_VALUE ? slot.start() + 5 * GermanTime.DAY : slot.end();
        int day = GermanTime.day(slot.start());
        for (Home taken : home) {
            if (taken.since() >= day) {
                continue;
            }
            if (stay) {
                continued(taken, slot, medications);
            } else if (taken.against().equals(slot.ailment()) && dice.chance(PRESCRIBED_ON_VISIT)) {
                order(taken.drug(), slot.start() + 30, medications);
            }
        }
        for (Therapy therapy : slot.ailment().disease().drugs()) {
            if (therapy.stay() && slot.care().setting() != Setting.VISIT && dice.chance(therapy.share())) {
                course(therapy, slot.start() + dice.between(40, 120), end, medications);
            } else if (therapy.stay() && !slot.ailment().disease().chronic() && dice.chance(0.3)) {
                order(dice.pick(therapy.any()), slot.start() + 30, medications);
            }
        }
        return medications;
    }

    /** A drug taken at home: stated on admission, ordered again, given for the first time in the hospital. */
    private void continued(Home taken, Schedule.Slot slot, List<Medication> medications) {
        long since = GermanTime.at(taken.since(), 0);
        if (dice.chance(0.75)) {
            medications.add(new Medication(Kind.STATEMENT, taken.drug(), since, Long.MAX_VALUE, dice.chance(0.3), -1));
        }
        if (dice.chance(0.7)) {
            int order = order(taken.drug(), slot.start() + 60, medications);
            boolean shared = medications.get(order).shared();
            long given = slot.start() + 120;
            medications.add(new Medication(Kind.ADMINISTRATION, taken.drug(), given, given, shared, order));
        }
    }

    private int order(Drug drug, long minute, List<Medication> medications) {
        medications.add(new Medication(Kind.REQUEST, drug, minute, minute, dice.chance(SHARED), -1));
        return medications.size() - 1;
    }

    /** A drug given for some days: one order, then up to two administrations a day. */
    private void course(Therapy therapy, long start, long end, List<Medication> medications) {
        Drug drug = dice.pick(therapy.any());
        int order = order(drug, start, medications);
        boolean shared = medications.get(order).shared();
        int perDay = Math.min(ADMINISTRATIONS_A_DAY, drug.perDay());
        int first = GermanTime.day(start);
        for (int day = first; day < first + therapy.days(); day++) {
            for (int i = 0; i < perDay; i++) {
                long minute = day == first ? start + 20 + 360L * i : GermanTime.at(day, 480 + 720 * i / perDay);
                if (minute < end) {
                    medications.add(new Medication(Kind.ADMINISTRATION, drug, minute, minute, shared, order));
                }
            }
        }
    }
}
