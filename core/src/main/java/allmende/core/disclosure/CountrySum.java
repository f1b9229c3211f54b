package allmende.core.disclosure;

import allmende.core.disclosure.CountryAnswer.Figure;

/** Adds the sites' numbers up. */
final class CountrySum {

    private long value;
    private double squares;
    private long unseen;
    private int counted;
    private int zeros;
    private int few;

    void add(Disclosed number) {
        switch (number) {
            case Disclosed.Counted(long patients, long plusMinus) -> {
                value += patients;
                squares += (double) plusMinus * plusMinus;
                counted++;
            }
            case Disclosed.Zero() -> zeros++;
            case Disclosed.Few(long below) -> {
                unseen += below - 1;
                few++;
            }
            case Disclosed.Withheld(Disclosed.Reason reason) -> {}
        }
    }

    /** Sites that gave a number. */
    int counted() {
        return counted;
    }

    /** The sum, or {@link Figure.Hidden} below a bound. */
    Figure figure(long hiddenBelow) {
        if (counted + zeros + few == 0) {
            return new Figure.None();
        }
        if (counted + few == 0) {
            return new Figure.Zero();
        }
        return value < hiddenBelow || counted == 0
                ? new Figure.Hidden(Math.max(hiddenBelow, value + unseen + 1))
                : new Figure.Sum(value, Math.round(Math.sqrt(squares)), unseen);
    }
}
