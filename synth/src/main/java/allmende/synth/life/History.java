package allmende.synth.life;

import allmende.synth.chance.Dice;
import allmende.synth.clinic.Clinic;
import allmende.synth.clinic.Disease;
import allmende.synth.person.Person;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a patient suffers from between the first day at the hospital and death or the end of observation.
 *
 * @param entry first day of which the hospital has records
 * @param lastDay day of death, or the last day of observation
 * @param dead whether the patient died on that day
 * @param killer of what, if it is known
 * @param ailments diseases and events, events in the order of time
 * @param kidneys the patient's kidneys
 */
record History(
        int entry, int lastDay, boolean dead, @Nullable Ailment killer, List<Ailment> ailments, Kidneys kidneys) {

    private static final double YEAR = 365.25;
    private static final double LONGEST_YEARS = 10;

    static History draw(Person person, Clinic clinic, int endOfObservation, Dice dice) {
        double years = Math.min(dice.within(0.3, LONGEST_YEARS), Math.max(0.1, person.age(endOfObservation)));
        int entry = endOfObservation - (int) (years * YEAR);
        return new Drawing(person, clinic, entry, endOfObservation, dice).draw();
    }

    /** Ailments that the patient has on a day and that do not pass. */
    List<Ailment> chronic(int day) {
        return ailments.stream()
                .filter(a -> a.disease().chronic() && a.onset() <= day)
                .toList();
    }

    /** Draws one history; a class of its own because each step builds on what was drawn before. */
    private static final class Drawing {

        private final Person person;
        private final Clinic clinic;
        private final int entry;
        private final Dice dice;
        private final List<Ailment> ailments = new ArrayList<>();
        private int last;
        private boolean dead;
        private @Nullable Ailment killer;

        Drawing(Person person, Clinic clinic, int entry, int endOfObservation, Dice dice) {
            this.person = person;
            this.clinic = clinic;
            this.entry = entry;
            this.dice = dice;
            this.last = endOfObservation;
        }

        History draw() {
            clinic.diseases().stream().filter(Disease::chronic).forEach(this::chronic);
            Kidneys kidneys = Kidneys.of(person, onsetOf("kidney-disease"), dice);
            Disease dialysis = clinic.disease("dialysis");
            if (dialysis != null && kidneys.dialysisFrom() <= last) {
                ailments.add(Ailment.of(dialysis, kidneys.dialysisFrom(), false, dice));
            }
            chronicDeath();
            episodes();
            ailments.removeIf(a -> a.onset() > last);
            return new History(entry, last, dead, killer, List.copyOf(ailments), kidneys);
        }

        private void chronic(Disease disease) {
            double risk = disease.risk(person.female(), person.age(last)) * raised(disease, last);
            if (!dice.chance(Math.min(0.9, risk))) {
                return;
            }
            int before = entry - (int) (dice.waiting(4) * YEAR);
            int onset = dice.chance(0.6) ? before : dice.between(entry, last);
            ailments.add(Ailment.of(disease, Math.max(person.birthDay() + 90, onset), false, dice));
        }

        private double raised(Disease disease, int day) {
            double factor = 1;
            for (Ailment ailment : ailments) {
                if (ailment.onset() <= day) {
                    factor *= disease.raisedBy().getOrDefault(ailment.disease().id(), 1.0);
                }
            }
            return factor;
        }

        private int onsetOf(String id) {
            return ailments.stream()
                    .filter(a -> a.is(id))
                    .mapToInt(Ailment::onset)
                    .findFirst()
                    .orElse(Integer.MAX_VALUE);
        }

        /** Whether and when the patient dies of age or of what does not pass: one throw for each half year. */
        private void chronicDeath() {
            for (int day = entry + 90; day < last; day += 183) {
                int today = day;
                double ofAge = 0.000012 * StrictMath.exp(0.093 * person.age(day));
                double hazard = ofAge;
                for (Ailment ailment : ailments) {
                    hazard += hazard(ailment, today);
                }
                if (dice.chance(hazard / 2)) {
                    last = Math.min(last, day + dice.below(183));
                    dead = true;
                    killer = cause(dice.unit() * hazard - ofAge, today);
                    return;
                }
            }
        }

        private double hazard(Ailment ailment, int day) {
            double age = person.age(day);
            return ailment.onset() > day ? 0 : ailment.disease().mortality() * Math.min(2, Math.max(0.2, age / 70));
        }

        private @Nullable Ailment cause(double throwOf, int day) {
            double rest = throwOf;
            if (rest < 0) {
                return null;
            }
            for (Ailment ailment : ailments) {
                rest -= hazard(ailment, day);
                if (rest < 0) {
                    return ailment;
                }
            }
            return null;
        }

        private void episodes() {
            List<Ailment> events = new ArrayList<>();
            for (Disease disease : clinic.diseases()) {
                if (!disease.chronic()) {
                    episodes(disease, events);
                }
            }
            events.sort(Comparator.comparingInt(Ailment::onset));
            for (Ailment event : events) {
                if (event.onset() < last - 1) {
                    ailments.add(event);
                    if (event.fatal()) {
                        last = Math.min(last, event.onset() + dice.between(1, 12));
                        dead = true;
                        killer = event;
                    }
                }
            }
        }

        private void episodes(Disease disease, List<Ailment> events) {
            int middle = (entry + last) / 2;
            double perYear = disease.risk(person.female(), person.age(middle)) * raised(disease, middle);
            int count = dice.times(perYear * (last - entry) / YEAR);
            for (int i = 0; i < count; i++) {
                int day = dice.between(entry, last);
                double age = person.age(day);
                double fatal = disease.mortality() * (age < 50 ? 0.3 : age < 70 ? 0.8 : 1.3);
                events.add(Ailment.of(disease, day, dice.chance(fatal), dice));
            }
        }
    }
}
