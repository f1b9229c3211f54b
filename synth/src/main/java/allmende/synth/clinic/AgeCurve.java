package allmende.synth.clinic;

import java.util.Map;
import java.util.TreeMap;

/**
 * A quantity that depends on age, straight lines between the given ages, level beyond the first and the last.
 *
 * @param points value for each age in years
 */
public record AgeCurve(TreeMap<Integer, Double> points) {

    /** The curve that is 0 at every age. */
    static final AgeCurve NOTHING = new AgeCurve(new TreeMap<>(Map.of(0, 0.0)));

    /** The value at an age in years. */
    public double at(double age) {
        Map.Entry<Integer, Double> below = points.floorEntry((int) Math.floor(age));
        if (below == null) {
            return points.firstEntry().getValue();
        }
        Map.Entry<Integer, Double> above = points.higherEntry(below.getKey());
        if (above == null) {
            return below.getValue();
        }
        double share = (age - below.getKey()) / (above.getKey() - below.getKey());
        return below.getValue() + share * (above.getValue() - below.getValue());
    }
}
