package allmende.core.deident;

import java.time.LocalDate;
import java.time.Year;
import java.time.YearMonth;
import org.jspecify.annotations.Nullable;

/**
 * A date, dateTime or instant as FHIR writes it, taken apart.
 *
 * @param year 1 to 9999
 * @param month 1 to 12; 0 where only the year is written
 * @param day 1 to 31; 0 where it is not written
 * @param time what follows the day, from {@code T} on; empty where nothing does
 */
record DateText(int year, int month, int day, String time) {

    private static final int DATE = 10;

    /** Days in the middle, where a year or month stands for all of its days. */
    private static final int MID_MONTH = 15;

    private static final int MID_YEAR = 183;
    private static final int LAST_YEAR = 9999;

    /** Takes a text apart; null where it is no date that exists. */
    static @Nullable DateText parse(String text) {
        int length = text.length();
        if (length != 4 && length != 7 && length < DATE) {
            return null;
        }
        int year = digits(text, 0, 4);
        int month = length >= 7 && text.charAt(4) == '-' ? digits(text, 5, 7) : length == 4 ? 0 : -1;
        int day = length >= DATE && text.charAt(7) == '-' ? digits(text, 8, DATE) : length < DATE ? 0 : -1;
        if (year < 1 || month < 0 || day < 0 || month > 12 || (length >= 7 && month == 0)) {
            return null;
        }
        if (length >= DATE && (day == 0 || day > YearMonth.of(year, month).lengthOfMonth())) {
            return null;
        }
        String time = length > DATE ? text.substring(DATE) : "";
        return time.isEmpty() || (time.charAt(0) == 'T' && isTime(time, 1))
                ? new DateText(year, month, day, time)
                : null;
    }

    static boolean isTimeOfDay(String text) {
        return afterTime(text, 0) == text.length();
    }

    boolean hasTime() {
        return !time.isEmpty();
    }

    /** The same, less exact. */
    String coarse(Method.Precision to, int earliest) {
        if (year < earliest) {
            return padded(earliest, 4);
        }
        if (month == 0) {
            return padded(year, 4);
        }
        return switch (to) {
            case YEAR -> padded(year, 4);
            case QUARTER -> padded(year, 4) + "-" + padded((month - 1) / 3 * 3 + 1, 2);
            case MONTH -> padded(year, 4) + "-" + padded(month, 2);
        };
    }

    /**
     * The date so many days later, as exact as it was. Years and months move by their middle, so they stay the same for
     * small moves.
     *
     * @return null where it leaves the years that can be written
     */
    @Nullable
    String moved(long days, boolean keepTime) {
        LocalDate date = middle().plusDays(days);
        if (date.getYear() < 1 || date.getYear() > LAST_YEAR) {
            return null;
        }
        if (month == 0) {
            return padded(date.getYear(), 4);
        }
        String yearMonth = padded(date.getYear(), 4) + "-" + padded(date.getMonthValue(), 2);
        return day == 0 ? yearMonth : yearMonth + "-" + padded(date.getDayOfMonth(), 2) + (keepTime ? time : "");
    }

    private LocalDate middle() {
        if (month == 0) {
            return Year.of(year).atDay(MID_YEAR);
        }
        return LocalDate.of(year, month, day == 0 ? MID_MONTH : day);
    }

    /** The first moment of a coarse date, for elements whose type knows no coarse dates. */
    static String instant(String coarse) {
        return (coarse + "-01-01").substring(0, DATE) + "T00:00:00Z";
    }

    private static boolean isTime(String text, int from) {
        int at = afterTime(text, from);
        if (at < 0 || at == text.length()) {
            return at > 0;
        }
        char sign = text.charAt(at);
        if (sign == 'Z') {
            return at + 1 == text.length();
        }
        return (sign == '+' || sign == '-')
                && text.length() == at + 6
                && text.charAt(at + 3) == ':'
                && between(digits(text, at + 1, at + 3), 14)
                && between(digits(text, at + 4, at + 6), 59);
    }

    /** The place behind {@code hh:mm[:ss[.f…]]}; -1 where that does not stand there. */
    private static int afterTime(String text, int from) {
        boolean shaped = text.length() >= from + 5
                && text.charAt(from + 2) == ':'
                && between(digits(text, from, from + 2), 23)
                && between(digits(text, from + 3, from + 5), 59);
        if (!shaped) {
            return -1;
        }
        int at = from + 5;
        if (at == text.length() || text.charAt(at) != ':') {
            return at;
        }
        if (text.length() < at + 3 || !between(digits(text, at + 1, at + 3), 60)) {
            return -1;
        }
        at += 3;
        if (at == text.length() || text.charAt(at) != '.') {
            return at;
        }
        int end = at + 1;
        while (end < text.length() && isDigit(text.charAt(end))) {
            end++;
        }
        return end == at + 1 ? -1 : end;
    }

    private static boolean between(int number, int most) {
        return number >= 0 && number <= most;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static int digits(String text, int from, int end) {
        int number = 0;
        for (int i = from; i < end; i++) {
            if (!isDigit(text.charAt(i))) {
                return -1;
            }
            number = number * 10 + text.charAt(i) - '0';
        }
        return number;
    }

    private static String padded(int number, int digits) {
        String text = Integer.toString(number);
        return "0".repeat(Math.max(0, digits - text.length())) + text;
    }
}
