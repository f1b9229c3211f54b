package allmende.core.fhir;

import org.jspecify.annotations.Nullable;

/**
 * Scans the text of a FHIR date, dateTime or instant: {@code YYYY}, {@code YYYY-MM}, {@code YYYY-MM-DD},
 * {@code YYYY-MM-DDThh:mm[:ss[.f…]]} with or without {@code Z} or {@code ±hh:mm}. By hand, since every resource has dates.
 * More lenient than FHIR in two points that real data needs: seconds and offset may be missing after a time.
 */
final class DateScanner {

    private static final int MINUTES_PER_DAY = 1440;
    private static final int DATE_LENGTH = 10;

    private DateScanner() {}

    /** The stretch of time; null where the text is not a date that exists. */
    static @Nullable TimeSpan scan(String text) {
        int length = text.length();
        int year = length >= 4 ? digits(text, 0, 4) : -1;
        if (year < 1) {
            return null;
        }
        if (length == 4) {
            return days(Days.of(year, 1, 1), Days.of(year, 12, 31));
        }
        int month = length >= 7 && text.charAt(4) == '-' ? digits(text, 5, 7) : -1;
        if (month < 1 || month > 12) {
            return null;
        }
        if (length == 7) {
            return days(Days.of(year, month, 1), Days.of(year, month, Days.inMonth(year, month)));
        }
        int day = length >= DATE_LENGTH && text.charAt(7) == '-' ? digits(text, 8, DATE_LENGTH) : -1;
        if (day < 1 || day > Days.inMonth(year, month)) {
            return null;
        }
        long epochDay = Days.of(year, month, day);
        return length == DATE_LENGTH ? days(epochDay, epochDay) : time(text, epochDay);
    }

    private static TimeSpan days(long first, long last) {
        return new TimeSpan(first * MINUTES_PER_DAY, last * MINUTES_PER_DAY + MINUTES_PER_DAY - 1);
    }

    private static @Nullable TimeSpan time(String text, long epochDay) {
        boolean shaped = text.length() >= 16 && text.charAt(DATE_LENGTH) == 'T' && text.charAt(13) == ':';
        int hour = shaped ? digits(text, 11, 13) : -1;
        int minute = shaped ? digits(text, 14, 16) : -1;
        if (hour < 0 || hour > 23 || minute < 0 || minute > 59) {
            return null;
        }
        int at = afterSeconds(text, 16);
        if (at < 0) {
            return null;
        }
        long written = epochDay * MINUTES_PER_DAY + hour * 60L + minute;
        if (at == text.length()) {
            return new TimeSpan(written, written);
        }
        int offset = offsetMinutes(text, at);
        if (offset == Integer.MIN_VALUE) {
            return null;
        }
        long local = GermanTime.localMinute(written - offset);
        long kept = Math.clamp(local, TimeSpan.OPEN_START, TimeSpan.OPEN_END);
        return new TimeSpan(kept, kept);
    }

    /** Position after optional seconds (a leap second's 60 is legal) and fraction; -1 if they are malformed. */
    private static int afterSeconds(String text, int at) {
        if (at == text.length() || text.charAt(at) != ':') {
            return at;
        }
        int second = text.length() >= at + 3 ? digits(text, at + 1, at + 3) : -1;
        if (second < 0 || second > 60) {
            return -1;
        }
        int next = at + 3;
        if (next == text.length() || text.charAt(next) != '.') {
            return next;
        }
        int end = next + 1;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        return end == next + 1 ? -1 : end;
    }

    /** The offset that ends the text, at most 14 hours; MIN_VALUE if malformed. */
    private static int offsetMinutes(String text, int at) {
        char sign = text.charAt(at);
        if (sign == 'Z') {
            return at + 1 == text.length() ? 0 : Integer.MIN_VALUE;
        }
        if ((sign != '+' && sign != '-') || text.length() != at + 6 || text.charAt(at + 3) != ':') {
            return Integer.MIN_VALUE;
        }
        int hours = digits(text, at + 1, at + 3);
        int minutes = digits(text, at + 4, at + 6);
        if (hours < 0 || minutes < 0 || minutes > 59 || hours * 60 + minutes > 14 * 60) {
            return Integer.MIN_VALUE;
        }
        return sign == '-' ? -(hours * 60 + minutes) : hours * 60 + minutes;
    }

    /** The number that these characters write; -1 if one is not a digit. */
    private static int digits(String text, int from, int end) {
        int number = 0;
        for (int i = from; i < end; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }
}
