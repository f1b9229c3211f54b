package allmende.core.path;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A date, a date and time, or a time of day, with the precision in which it was written (FHIRPath 2.0, sections 4.1.5 to
 * 4.1.7). Seconds and their fractions are one precision.
 *
 * @param kind which of the three
 * @param precision how far it is known
 * @param start its first instant as local time; a time of day on 1 January of the year 1
 * @param offset its offset from UTC, where one is written
 * @param text as written
 */
public record Moment(
        Kind kind,
        Precision precision,
        LocalDateTime start,
        @Nullable ZoneOffset offset,
        String text) {

    /** What it is. */
    public enum Kind {
        /** A date, perhaps without day or month. */
        DATE,
        /** A date that may have a time. */
        DATE_TIME,
        /** A time of day. */
        TIME
    }

    /** How far it is known. */
    public enum Precision {
        YEAR,
        MONTH,
        DAY,
        HOUR,
        MINUTE,
        SECOND
    }

    private static final Pattern DATE = Pattern.compile("(\\d{4})(?:-(\\d\\d)(?:-(\\d\\d))?)?");
    private static final Pattern TIME = Pattern.compile("(\\d\\d)(?::(\\d\\d)(?::(\\d\\d)(\\.\\d{1,9})?)?)?");
    private static final Pattern ZONE = Pattern.compile("Z|[+-]\\d\\d:\\d\\d");
    private static final int SECONDS_60 = 60;

    /** A value of a FHIR element of the type {@code date}, {@code dateTime}, {@code instant} or {@code time}. */
    public static Optional<Moment> of(String type, String text) {
        return switch (type) {
            case "time" -> time(text, text);
            case "date" -> date(text, Kind.DATE, text);
            default -> dateTime(text, text);
        };
    }

    /** A text that may be any of them; a date alone counts as a date. */
    public static Optional<Moment> guess(String text) {
        return DATE.matcher(text).matches()
                ? date(text, Kind.DATE, text)
                : dateTime(text, text).or(() -> time(text, text));
    }

    /** A literal without its {@code @}; {@code 2015T} is a date and time. */
    static Optional<Moment> literal(String text) {
        if (text.startsWith("T")) {
            return time(text.substring(1), text.substring(1));
        }
        return text.indexOf('T') < 0
                ? date(text, Kind.DATE, text)
                : dateTime(text, text.endsWith("T") ? text.substring(0, text.length() - 1) : text);
    }

    private static Optional<Moment> date(String text, Kind kind, String whole) {
        Matcher parts = DATE.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        Precision precision =
                parts.group(3) != null ? Precision.DAY : parts.group(2) != null ? Precision.MONTH : Precision.YEAR;
        try {
            LocalDateTime start = LocalDateTime.of(
                    number(parts.group(1), 1), number(parts.group(2), 1), number(parts.group(3), 1), 0, 0);
            return Optional.of(new Moment(kind, precision, start, null, whole));
        } catch (DateTimeException noSuchDay) {
            return Optional.empty();
        }
    }

    private static Optional<Moment> dateTime(String text, String whole) {
        int cut = text.indexOf('T');
        if (cut < 0 || cut == text.length() - 1) {
            return date(cut < 0 ? text : text.substring(0, cut), Kind.DATE_TIME, whole);
        }
        Matcher zone = ZONE.matcher(text);
        int end = zone.find(cut) && zone.end() == text.length() ? zone.start() : text.length();
        Moment day = date(text.substring(0, cut), Kind.DATE_TIME, whole).orElse(null);
        Moment time = time(text.substring(cut + 1, end), whole).orElse(null);
        if (day == null || time == null || day.precision != Precision.DAY) {
            return Optional.empty();
        }
        try {
            ZoneOffset offset = end == text.length() ? null : ZoneOffset.of(text.substring(end));
            LocalDateTime start = day.start.toLocalDate().atTime(time.start.toLocalTime());
            return Optional.of(new Moment(Kind.DATE_TIME, time.precision, start, offset, whole));
        } catch (DateTimeException noSuchOffset) {
            return Optional.empty();
        }
    }

    private static Optional<Moment> time(String text, String whole) {
        Matcher parts = TIME.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        Precision precision =
                parts.group(3) != null ? Precision.SECOND : parts.group(2) != null ? Precision.MINUTE : Precision.HOUR;
        int second = number(parts.group(3), 0);
        int nano = parts.group(4) == null
                ? 0
                : new BigDecimal(parts.group(4))
                        .movePointRight(9)
                        .setScale(0, RoundingMode.DOWN)
                        .intValueExact();
        try {
            // a leap second counts as the last one of its minute
            LocalDateTime start = LocalDateTime.of(
                    1,
                    1,
                    1,
                    number(parts.group(1), 0),
                    number(parts.group(2), 0),
                    second == SECONDS_60 ? 59 : second,
                    nano);
            return Optional.of(new Moment(Kind.TIME, precision, start, null, whole));
        } catch (DateTimeException noSuchTime) {
            return Optional.empty();
        }
    }

    private static int number(@Nullable String digits, int otherwise) {
        return digits == null ? otherwise : Integer.parseInt(digits);
    }

    /**
     * The order of two moments: negative, 0 or positive; empty where their precisions do not decide it, and between a
     * time of day and a date. If both have an offset, instants are compared, otherwise what the clocks show.
     */
    public Optional<Integer> compare(Moment other) {
        if ((kind == Kind.TIME) != (other.kind == Kind.TIME)) {
            return Optional.empty();
        }
        LocalDateTime left = shared(other);
        LocalDateTime right = other.shared(this);
        Precision coarser = precision.compareTo(other.precision) < 0 ? precision : other.precision;
        int order = cut(left, coarser).compareTo(cut(right, coarser));
        return order == 0 && precision != other.precision ? Optional.empty() : Optional.of(order);
    }

    private LocalDateTime shared(Moment other) {
        boolean instants = offset != null && other.offset != null;
        return instants && offset != null ? start.minusSeconds(offset.getTotalSeconds()) : start;
    }

    private static LocalDateTime cut(LocalDateTime time, Precision precision) {
        return switch (precision) {
            case YEAR -> time.toLocalDate().withDayOfYear(1).atStartOfDay();
            case MONTH -> time.toLocalDate().withDayOfMonth(1).atStartOfDay();
            case DAY -> time.toLocalDate().atStartOfDay();
            case HOUR -> time.withMinute(0).withSecond(0).withNano(0);
            case MINUTE -> time.withSecond(0).withNano(0);
            case SECOND -> time;
        };
    }

    /** The earliest it can be; a date and time without an offset in the zone furthest east, +14:00. */
    public Moment lowBoundary() {
        return boundary(start, ZoneOffset.ofHours(14));
    }

    /** The latest it can be, to the millisecond; a date and time without an offset in the zone furthest west, -12:00. */
    public Moment highBoundary() {
        LocalDateTime end =
                switch (precision) {
                    case YEAR -> start.withMonth(12).withDayOfMonth(31).with(DAY_END);
                    case MONTH ->
                        start.withDayOfMonth(YearMonth.from(start).lengthOfMonth())
                                .with(DAY_END);
                    case DAY -> start.with(DAY_END);
                    case HOUR -> start.withMinute(59).withSecond(59).withNano(LAST_MILLI);
                    case MINUTE -> start.withSecond(59).withNano(LAST_MILLI);
                    case SECOND -> text.indexOf('.') < 0 ? start.withNano(LAST_MILLI) : start;
                };
        return boundary(end, ZoneOffset.ofHours(-12));
    }

    private static final int LAST_MILLI = 999_000_000;
    private static final java.time.LocalTime DAY_END = java.time.LocalTime.of(23, 59, 59, LAST_MILLI);

    private Moment boundary(LocalDateTime at, ZoneOffset otherwise) {
        ZoneOffset zone = offset == null ? otherwise : offset;
        return switch (kind) {
            case DATE ->
                new Moment(kind, Precision.DAY, at, null, at.toLocalDate().toString());
            case TIME -> new Moment(kind, Precision.SECOND, at, null, clock(at));
            case DATE_TIME ->
                new Moment(kind, Precision.SECOND, at, zone, at.toLocalDate() + "T" + clock(at) + zone.getId());
        };
    }

    private static String clock(LocalDateTime at) {
        return "%02d:%02d:%02d.%03d".formatted(at.getHour(), at.getMinute(), at.getSecond(), at.getNano() / 1_000_000);
    }

    @Override
    public String toString() {
        return text;
    }
}
