package allmende.synth.life;

import allmende.synth.chance.Dice;
import allmende.synth.clinic.LabEffect;
import allmende.synth.clinic.LabTest;
import allmende.synth.json.GermanTime;
import allmende.synth.person.Person;
import java.util.ArrayList;
import java.util.List;

/**
 * The laboratory values of one patient: what is usual for this person, moved by diseases, kidneys and acute illness, with
 * the scatter of any measurement.
 */
final class LabValues {

    /** How much of the spread among the healthy lies between persons; the rest is between days. */
    private static final double PERSONAL = 0.8;

    private static final double DAILY = 0.5;

    private final Person person;
    private final History history;
    private final Dice dice;
    private final double[] habits;

    /** Filtration and creatinine of the round of measurements under way, so that its values fit each other. */
    private double filtration;

    private double creatinine;

    LabValues(Person person, History history, int tests, Dice dice) {
        this.person = person;
        this.history = history;
        this.dice = dice;
        this.habits = new double[tests];
        for (int i = 0; i < tests; i++) {
            habits[i] = dice.normal();
        }
    }

    /**
     * Measures.
     *
     * @param tests what
     * @param minute when the specimen is taken
     * @param acute the event for which the patient is treated
     * @param admitted minute at which that treatment began
     */
    List<Measurement> round(List<LabTest> tests, long minute, Ailment acute, long admitted) {
        int day = GermanTime.day(minute);
        double days = (minute - admitted) / (double) GermanTime.DAY;
        boolean septic = acute.is("sepsis");
        double injured = septic ? 1 - 0.6 * StrictMath.exp(-0.12 * days) : 1;
        filtration = history.kidneys().filtration(day) * injured * StrictMath.exp(0.05 * dice.normal());
        creatinine = Math.max(0.2, Math.round(history.kidneys().creatinine(filtration, day) * 100) / 100.0);
        List<Measurement> values = new ArrayList<>(tests.size());
        for (LabTest test : tests) {
            if (test.id().equals("egfr") && person.age(day) < 18) {
                continue;
            }
            values.add(new Measurement(test, scaled(test, day, acute, days), minute));
        }
        return values;
    }

    private long scaled(LabTest test, int day, Ailment acute, double days) {
        double value =
                switch (test.id()) {
                    case "creatinine" -> creatinine;
                    case "egfr" -> history.kidneys().estimate(creatinine, day);
                    default -> renal(test, level(test, day, acute, days));
                };
        if (test.coded()) {
            return dice.chance(value) ? 1 : 0;
        }
        double power = 1;
        for (int i = 0; i < test.decimals(); i++) {
            power *= 10;
        }
        return Math.max(1, Math.round(value * power));
    }

    private double level(LabTest test, int day, Ailment acute, double days) {
        LabTest.Normal normal = test.normal(person.female());
        double value = normal.median()
                * StrictMath.exp(normal.spread() * (PERSONAL * habits[test.number()] + DAILY * dice.normal()));
        for (Ailment ailment : history.ailments()) {
            if (ailment.disease().chronic() && ailment.onset() <= day) {
                value = moved(value, ailment, test, -1);
            }
        }
        return moved(value, acute, test, days);
    }

    /** The value as the ailment moves it; {@code days} of treatment, negative where the ailment is not what is treated. */
    private double moved(double value, Ailment ailment, LabTest test, double days) {
        double result = value;
        for (LabEffect effect : ailment.disease().effects()) {
            if (effect.lab().number() != test.number() || effect.acute() != days >= 0) {
                continue;
            }
            double share = share(ailment.grain() + test.number());
            double amount = effect.low() + share * (effect.high() - effect.low());
            double faded = days > 0 ? StrictMath.exp(-effect.decay() * days) : 1;
            result = switch (effect.mode()) {
                case LEVEL -> amount * StrictMath.exp(0.06 * dice.normal());
                case TIMES -> result * amount;
                case PLUS, ACUTE_PLUS -> result + amount * faded;
                case ACUTE -> Math.max(result, amount * faded * StrictMath.exp(0.08 * dice.normal()));
            };
        }
        return result;
    }

    /** The patient's own place between the least and the greatest effect. */
    private static double share(long grain) {
        return Dice.of(grain, 7).unit();
    }

    /** What failing kidneys do to other values. */
    private double renal(LabTest test, double value) {
        double lost = Math.max(0, 60 - filtration);
        return switch (test.id()) {
            case "potassium" -> Math.min(7.2, value + 0.012 * lost);
            case "urea" -> value * StrictMath.pow(Math.max(1, 75 / filtration), 0.75);
            case "haemoglobin" -> Math.max(4.8, value - 0.045 * Math.max(0, 45 - filtration));
            case "phosphate" -> value + 0.012 * Math.max(0, 35 - filtration);
            case "pth" -> value * (1 + 0.035 * lost);
            case "platelets" -> Math.max(8, value);
            case "po2" -> Math.max(42, value);
            case "sodium" -> Math.max(118, value);
            default -> value;
        };
    }
}
