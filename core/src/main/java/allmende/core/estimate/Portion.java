package allmende.core.estimate;

/**
 * A set of patients, as far as it is known.
 *
 * @param share likely share of each stratum's patients, from 0 to 1
 * @param low at least so many patients
 * @param high at most so many patients
 */
record Portion(double[] share, double low, double high) {

    static Portion nobody() {
        return new Portion(new double[Population.CELLS], 0, 0);
    }

    /** A number of patients, of whom a fraction is meant. */
    static Portion of(Population population, double[] patients, Fraction fraction, double low, double high) {
        double[] share = new double[Population.CELLS];
        for (int cell = 0; cell < share.length; cell++) {
            double size = population.cell(cell);
            share[cell] = size <= 0 ? 0 : Math.clamp(patients[cell] * fraction.likely() / size, 0, 1);
        }
        return new Portion(
                share, Math.max(0, low * fraction.low()), Math.min(population.all(), high * fraction.high()));
    }

    /** Either; independent of each other within a stratum. */
    Portion or(Portion other, Population population) {
        double[] union = new double[share.length];
        for (int cell = 0; cell < union.length; cell++) {
            union[cell] = 1 - (1 - share[cell]) * (1 - other.share[cell]);
        }
        return new Portion(union, Math.max(low, other.low), Math.min(population.all(), high + other.high));
    }

    /** The same with a narrower meaning, of which only a rough factor is known. */
    Portion roughly(double factor) {
        double[] scaled = share.clone();
        for (int cell = 0; cell < scaled.length; cell++) {
            scaled[cell] *= factor;
        }
        return new Portion(scaled, 0, high);
    }

    Portion atMost(double most) {
        return new Portion(share, Math.min(low, most), Math.min(high, most));
    }
}
