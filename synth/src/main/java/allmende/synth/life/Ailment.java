package allmende.synth.life;

import allmende.synth.chance.Dice;
import allmende.synth.clinic.Disease;

/**
 * A disease that a patient has, or an event of one that passes.
 *
 * @param disease which
 * @param code how it is coded in this patient
 * @param side R, L or empty
 * @param onset day on which it began
 * @param fatal whether the patient dies of this event
 * @param grain decides the patient's own level of every value that the disease moves
 */
record Ailment(Disease disease, Disease.Code code, String side, int onset, boolean fatal, long grain) {

    static Ailment of(Disease disease, int onset, boolean fatal, Dice dice) {
        double total =
                disease.codes().stream().mapToDouble(Disease.Code::weight).sum();
        double throwOf = dice.unit() * total;
        Disease.Code chosen = disease.codes().getLast();
        for (Disease.Code code : disease.codes()) {
            throwOf -= code.weight();
            if (throwOf < 0) {
                chosen = code;
                break;
            }
        }
        String side = chosen.sided() ? dice.chance(0.5) ? "R" : "L" : "";
        return new Ailment(disease, chosen, side, onset, fatal, dice.bits());
    }

    boolean is(String id) {
        return disease.id().equals(id);
    }
}
