package allmende.core.estimate;

/** A share of patients with bounds, each from 0 to 1 and in this order. */
record Fraction(double low, double likely, double high) {

    static final Fraction ALL = new Fraction(1, 1, 1);

    static Fraction of(double low, double likely, double high) {
        double least = Math.clamp(low, 0, 1);
        double most = Math.clamp(high, least, 1);
        return new Fraction(least, Math.clamp(likely, least, most), most);
    }

    /**
     * Both hold. Each is about some resource of the patient, and these need not be the same: so the lower bound is none
     * unless one of the two always holds.
     */
    Fraction and(Fraction other) {
        double least = low == 1 ? other.low : other.low == 1 ? low : 0;
        return of(least, likely * other.likely, Math.min(high, other.high));
    }
}
