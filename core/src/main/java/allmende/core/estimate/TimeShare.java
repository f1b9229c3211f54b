package allmende.core.estimate;

import allmende.core.disclosure.PublishedStatistics.Years;
import allmende.core.fhir.TimeSpan;
import java.time.LocalDate;
import java.util.List;

/** How many patients have a resource within a time, from their numbers by year. */
final class TimeShare {

    private static final double MINUTES_PER_DAY = 1440;
    private static final double DAYS_PER_YEAR = 365.25;

    private TimeShare() {}

    /**
     * The share of a term's patients.
     *
     * @param patients of the term
     */
    static Fraction of(TimeSpan time, Years years, double patients) {
        if (years.patients().isEmpty() || patients <= 0) {
            return Fraction.of(0, 0.5, 1);
        }
        double all = 0;
        double inside = 0;
        double covered = 0;
        double touched = 0;
        double fullest = 0;
        List<Integer> numbers = years.patients();
        for (int i = 0; i < numbers.size(); i++) {
            double cover = cover(time, years.from() + i);
            double number = numbers.get(i);
            all += number;
            inside += number * cover;
            covered += cover;
            touched += cover > 0 ? number : 0;
            fullest = Math.max(fullest, cover == 1 ? number : 0);
        }
        // a patient may come in several years: the more of the years are asked for, the more are counted twice
        double once = Math.min(1, patients / Math.max(1, all));
        double distinct =
                numbers.size() == 1 ? 1 : 1 - (1 - once) * Math.clamp((covered - 1) / (numbers.size() - 1), 0, 1);
        double slack = Population.SLACK * numbers.size();
        return Fraction.of(
                (fullest - Population.SLACK) / patients, inside * distinct / patients, (touched + slack) / patients);
    }

    private static double cover(TimeSpan time, int year) {
        double start = LocalDate.of(year, 1, 1).toEpochDay() * MINUTES_PER_DAY;
        double end = LocalDate.of(year + 1, 1, 1).toEpochDay() * MINUTES_PER_DAY;
        double from = Math.max(start, (double) time.startMinute());
        double to = Math.min(end, time.endMinute() + 1.0);
        return Math.clamp((to - from) / (end - start), 0, 1);
    }

    /** Age in years of a number of UCUM units of age. */
    static double years(double number, String unit) {
        return switch (unit) {
            case "mo" -> number / 12;
            case "wk" -> number * 7 / DAYS_PER_YEAR;
            case "d" -> number / DAYS_PER_YEAR;
            case "h" -> number / 24 / DAYS_PER_YEAR;
            default -> number;
        };
    }
}
