package allmende.synth.life;

/**
 * A vital sign.
 *
 * @param kind which
 * @param scaled the value in tenths of the kind's unit; blood pressure: systolic
 * @param second blood pressure: diastolic, in tenths
 * @param minute when
 */
public record Vital(Kind kind, int scaled, int second, long minute) {

    /** What is measured. */
    public enum Kind {
        BLOOD_PRESSURE,
        HEART_RATE,
        RESPIRATORY_RATE,
        WEIGHT,
        HEIGHT
    }
}
