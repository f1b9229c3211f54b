package allmende.synth.life;

import allmende.synth.chance.Dice;
import allmende.synth.clinic.Care.Setting;
import allmende.synth.json.GermanTime;
import allmende.synth.life.Contact.Segment;
import allmende.synth.person.Person;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Blood pressure, heart rate, breathing, weight and height of one patient. */
final class VitalSigns {

    private static final int INTENSIVE_ROUNDS_A_DAY = 3;
    private static final int INTENSIVE_ROUNDS = 24;

    private final Person person;
    private final History history;
    private final Dice dice;
    private final double adultHeight;
    private final double bodyMassIndex;

    VitalSigns(Person person, History history, Dice dice) {
        this.person = person;
        this.history = history;
        this.dice = dice;
        boolean obese = history.ailments().stream().anyMatch(a -> a.is("obesity"));
        this.adultHeight = (person.female() ? 165.5 : 179) + 6.5 * dice.normal();
        this.bodyMassIndex = obese ? 31 + dice.waiting(4) : Math.max(17, 25 + 2.6 * dice.normal());
    }

    List<Vital> during(Schedule.Slot slot, @Nullable Segment intensive) {
        List<Vital> vitals = new ArrayList<>();
        boolean stay = slot.care().setting() == Setting.STAY;
        long minute = slot.start() + dice.between(2, 9);
        if (stay || dice.chance(0.6)) {
            circulation(minute, slot, vitals);
        }
        if (stay || dice.chance(0.25)) {
            body(minute, vitals);
        }
        if (stay) {
            long end = slot.end() == Long.MAX_VALUE ? slot.start() + 5 * GermanTime.DAY : slot.end();
            for (int day = GermanTime.day(slot.start()) + 2; GermanTime.at(day, 500) < end; day += 2) {
                circulation(GermanTime.at(day, dice.between(420, 500)), slot, vitals);
            }
        }
        if (intensive != null) {
            monitored(slot, intensive, vitals);
        }
        return vitals;
    }

    private void monitored(Schedule.Slot slot, Segment intensive, List<Vital> vitals) {
        long end = intensive.end() == Long.MAX_VALUE ? intensive.start() + 4 * GermanTime.DAY : intensive.end();
        long minute = intensive.start() + 15;
        for (int i = 0; i < INTENSIVE_ROUNDS && minute < end; i++) {
            circulation(minute, slot, vitals);
            vitals.add(new Vital(Vital.Kind.RESPIRATORY_RATE, 10 * dice.between(14, 28), 0, minute));
            minute += GermanTime.DAY / INTENSIVE_ROUNDS_A_DAY;
        }
    }

    private void circulation(long minute, Schedule.Slot slot, List<Vital> vitals) {
        int day = GermanTime.day(minute);
        double age = person.age(day);
        double systolic = age < 18 ? 92 + 1.4 * age : 112 + 0.3 * (age - 18);
        double rate = age < 18 ? 108 - 2 * age : 71;
        for (Ailment ailment : history.chronic(day)) {
            switch (ailment.disease().id()) {
                case "hypertension" -> systolic += 11;
                case "heart-failure" -> {
                    systolic -= 9;
                    rate += 5;
                }
                case "atrial-fibrillation" -> rate += 9;
                default -> {
                    // Other diseases leave the circulation alone.
                }
            }
        }
        double days = (minute - slot.start()) / (double) GermanTime.DAY;
        double illness = StrictMath.exp(-0.3 * days);
        if (slot.ailment().is("sepsis")) {
            systolic -= 34 * illness;
            rate += 38 * illness;
        } else if (slot.care().emergency() > 0.8) {
            rate += 10 * illness;
        }
        int upper = (int) Math.max(62, systolic + 9 * dice.normal());
        int lower = (int) Math.max(36, Math.min(upper - 18, 0.62 * upper + 5 * dice.normal()));
        int beats = (int) Math.max(38, rate + 8 * dice.normal());
        vitals.add(new Vital(Vital.Kind.BLOOD_PRESSURE, 10 * upper, 10 * lower, minute));
        vitals.add(new Vital(Vital.Kind.HEART_RATE, 10 * beats, 0, minute));
    }

    private void body(long minute, List<Vital> vitals) {
        double age = Math.max(0, person.age(GermanTime.day(minute)));
        double height = age >= 17 ? adultHeight : 50 + (adultHeight - 50) * StrictMath.pow(age / 17, 0.62);
        double index = age >= 17 ? bodyMassIndex : 14.5 + (bodyMassIndex - 14.5) * age / 17 * 0.8;
        double weight = index * height * height / 10_000 * StrictMath.exp(0.02 * dice.normal());
        vitals.add(new Vital(Vital.Kind.WEIGHT, (int) Math.round(10 * weight), 0, minute));
        vitals.add(new Vital(Vital.Kind.HEIGHT, 10 * (int) Math.round(height), 0, minute));
    }
}
