package allmende.synth.life;

import allmende.synth.chance.Dice;
import allmende.synth.person.Person;

/**
 * How well a patient's kidneys filter over the years, and what creatinine that shows. Creatinine and eGFR fit by the
 * CKD-EPI formula of 2009 (Levey and others), which German laboratories use.
 *
 * @param person whose
 * @param talent difference from what is usual at that age, in mL/min/1.73 m²
 * @param onset day on which chronic kidney disease began; {@link Integer#MAX_VALUE}: never
 * @param atOnset filtration on that day
 * @param decline loss per year after it
 */
record Kidneys(Person person, double talent, int onset, double atOnset, double decline) {

    /** Filtration at which dialysis begins. */
    static final double DIALYSIS = 9;

    private static final double LOWEST = 4;

    static Kidneys of(Person person, int onset, Dice dice) {
        double talent = 11 * dice.normal();
        double atOnset = dice.within(30, 62);
        double decline = 0.4 + dice.waiting(1.7);
        return new Kidneys(person, talent, onset, atOnset, decline);
    }

    /** Filtration (mL/min/1.73 m²) on a day, as long as nothing acute happens. */
    double filtration(int day) {
        double healthy = Math.max(50, 112 - 0.62 * Math.max(0, person.age(day) - 25) + talent);
        if (day < onset) {
            return healthy;
        }
        return Math.max(LOWEST, Math.min(healthy, atOnset) - decline * (day - onset) / 365.25);
    }

    /** The day on which dialysis begins; {@link Integer#MAX_VALUE} if that is too far off. */
    int dialysisFrom() {
        double years = (atOnset - DIALYSIS) / decline;
        return onset == Integer.MAX_VALUE || years > 40 ? Integer.MAX_VALUE : onset + (int) (years * 365.25);
    }

    /** Creatinine (mg/dL) that belongs to a filtration. */
    double creatinine(double filtration, int day) {
        double age = person.age(day);
        if (age < 18) {
            return 0.25 + 0.028 * Math.max(0, age);
        }
        double kappa = kappa();
        double relative = filtration / (141 * StrictMath.pow(0.993, age) * (person.female() ? 1.018 : 1));
        return relative <= 1
                ? kappa * StrictMath.pow(relative, -1 / 1.209)
                : kappa * StrictMath.pow(relative, 1 / alpha());
    }

    /** The eGFR (mL/min/1.73 m²) that a laboratory reports for a creatinine (mg/dL). */
    double estimate(double creatinine, int day) {
        double relative = creatinine / kappa();
        return 141
                * StrictMath.pow(Math.min(relative, 1), alpha())
                * StrictMath.pow(Math.max(relative, 1), -1.209)
                * StrictMath.pow(0.993, person.age(day))
                * (person.female() ? 1.018 : 1);
    }

    /** Code of chronic kidney disease at a filtration. */
    static String stage(double filtration) {
        if (filtration >= 90) {
            return "N18.1";
        }
        if (filtration >= 60) {
            return "N18.2";
        }
        if (filtration >= 30) {
            return "N18.3";
        }
        return filtration >= 15 ? "N18.4" : "N18.5";
    }

    private double kappa() {
        return person.female() ? 0.7 : 0.9;
    }

    private double alpha() {
        return person.female() ? -0.329 : -0.411;
    }
}
