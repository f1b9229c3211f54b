package allmende.engine.search;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Dates and times as stretches of time in milliseconds since 1970-01-01T00:00Z, both ends inclusive, with all the
 * precision that was written. What has no offset is local time in Europe/Berlin.
 */
final class Moments {

    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
    private static final int DATE_LENGTH = 10;
    private static final int MINUTE_LENGTH = 16;
    private static final int SECOND_LENGTH = 19;
    private static final long MINUTE_MILLIS = 60_000;

    private Moments() {}

    /** A stretch of time. */
    record Stretch(long first, long last) {}

    /** The stretch that a date, dateTime or instant names; null where it is none. */
    static @Nullable Stretch of(String text) {
        try {
            return switch (text.length()) {
                case 4 -> days(LocalDate.of(number(text, 0, 4), 1, 1), LocalDate.of(number(text, 0, 4), 12, 31));
                case 7 -> {
                    YearMonth month = YearMonth.of(number(text, 0, 4), number(text, 5, 7));
                    yield days(month.atDay(1), month.atEndOfMonth());
                }
                case DATE_LENGTH -> days(date(text), date(text));
                default -> text.length() >= MINUTE_LENGTH ? time(text) : null;
            };
        } catch (DateTimeException | NumberFormatException notADate) {
            return null;
        }
    }

    private static LocalDate date(String text) {
        if (text.charAt(4) != '-' || text.charAt(7) != '-') {
            throw new DateTimeException("not a date");
        }
        return LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, DATE_LENGTH));
    }

    private static int number(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                throw new DateTimeException("not a date");
            }
            number = number * 10 + c - '0';
        }
        return number;
    }

    private static Stretch days(LocalDate first, LocalDate last) {
        return new Stretch(
                first.atStartOfDay(ZONE).toInstant().toEpochMilli(),
                last.plusDays(1).atStartOfDay(ZONE).toInstant().toEpochMilli() - 1);
    }

    private static @Nullable Stretch time(String text) {
        if (text.charAt(DATE_LENGTH) != 'T' || text.charAt(13) != ':') {
            return null;
        }
        int second = 0;
        long width = MINUTE_MILLIS;
        int at = MINUTE_LENGTH;
        int millis = 0;
        if (text.length() >= SECOND_LENGTH && text.charAt(MINUTE_LENGTH) == ':') {
            second = Math.min(number(text, 17, SECOND_LENGTH), 59);
            width = 1000;
            at = SECOND_LENGTH;
            if (text.length() > at && text.charAt(at) == '.') {
                int end = at + 1;
                while (end < text.length() && Character.isDigit(text.charAt(end))) {
                    end++;
                }
                String digits = (text.substring(at + 1, end) + "000").substring(0, 3);
                width = end - at > 3 ? 1 : end - at == 3 ? 10 : 100;
                millis = number(digits, 0, 3);
                at = end;
            }
        }
        LocalDateTime local = date(text.substring(0, DATE_LENGTH))
                .atTime(number(text, 11, 13), number(text, 14, MINUTE_LENGTH), second, millis * 1_000_000);
        long first = at == text.length()
                ? local.atZone(ZONE).toInstant().toEpochMilli()
                : local.toInstant(ZoneOffset.of(text.substring(at))).toEpochMilli();
        return new Stretch(first, first + width - 1);
    }

    /** The stretch of a date, a Period, or a Timing from its first to its last date; null where there is none. */
    static @Nullable Stretch of(JsonNode json) {
        if (json.isString()) {
            return of(json.stringValue());
        }
        if (!json.isObject()) {
            return null;
        }
        if (json.has("event") || json.has("repeat")) {
            return timing(json);
        }
        Stretch start = of(json.path("start"));
        Stretch end = of(json.path("end"));
        if (start == null && end == null) {
            return null;
        }
        long first = start == null ? Long.MIN_VALUE : start.first();
        long last = end == null ? Long.MAX_VALUE : end.last();
        return first <= last ? new Stretch(first, last) : null;
    }

    private static @Nullable Stretch timing(JsonNode timing) {
        Stretch whole = of(timing.path("repeat").path("boundsPeriod"));
        for (JsonNode event : timing.path("event").values()) {
            Stretch next = of(event);
            if (next != null) {
                whole = whole == null
                        ? next
                        : new Stretch(Math.min(whole.first(), next.first()), Math.max(whole.last(), next.last()));
            }
        }
        return whole;
    }
}
